namespace DbMove;

/// <summary>How a run of the backfill ended.</summary>
/// <param name="State"><see cref="BackfillState.Completed"/>, <see cref="BackfillState.Stopped"/> or <see cref="BackfillState.Failed"/>.</param>
/// <param name="Entities">Every entity, parents first.</param>
/// <param name="Duration">How long this process worked on it.</param>
/// <param name="Failure">What ended it, when it failed.</param>
public sealed record BackfillReport(BackfillState State, IReadOnlyList<BackfillEntityProgress> Entities, TimeSpan Duration, Exception? Failure)
{
    /// <summary>Rows read on the source.</summary>
    public long RowsRead => Entities.Sum(entity => entity.RowsRead);

    /// <summary>Rows inserted on the target.</summary>
    public long RowsInserted => Entities.Sum(entity => entity.RowsInserted);

    /// <summary>Rows that the target refused; each has an intent.</summary>
    public long RowsDeferred => Entities.Sum(entity => entity.RowsDeferred);
}
