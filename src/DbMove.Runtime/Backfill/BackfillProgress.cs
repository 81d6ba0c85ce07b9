namespace DbMove;

/// <summary>A snapshot of the backfill.</summary>
/// <param name="State">What it does.</param>
/// <param name="Entities">Every entity, parents first.</param>
/// <param name="RowsPerSecond">Rows read per second by this process since it was started.</param>
/// <param name="Remaining">About how long it still takes; null when that cannot be told.</param>
public sealed record BackfillProgress(BackfillState State, IReadOnlyList<BackfillEntityProgress> Entities, double RowsPerSecond, TimeSpan? Remaining)
{
    /// <summary>Rows read on the source.</summary>
    public long RowsRead => Entities.Sum(entity => entity.RowsRead);

    /// <summary>Rows inserted on the target.</summary>
    public long RowsInserted => Entities.Sum(entity => entity.RowsInserted);

    /// <summary>About how many rows there are in the entities planned so far.</summary>
    public long EstimatedTotal => Entities.Sum(entity => Math.Max(0, entity.EstimatedTotal));
}
