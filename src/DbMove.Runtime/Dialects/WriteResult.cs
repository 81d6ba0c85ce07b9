namespace DbMove.Dialects;

/// <summary>What a write on the authority did.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="StageMatched">False: the control row has another epoch or stage, and nothing was written.</param>
/// <param name="Rows">In input order; null where no row was touched (an update or delete of an absent key).</param>
public readonly record struct WriteResult<TEntity>(bool StageMatched, IReadOnlyList<WrittenRow<TEntity>?> Rows)
{
    /// <summary>The control row did not match; nothing was written.</summary>
    public static WriteResult<TEntity> StageMismatch => new(false, []);
}
