namespace DbMove.Backfill;

/// <summary>One planned range of an entity, as its row on the target says.</summary>
/// <param name="Part">Its number within the entity.</param>
/// <param name="DualSince">The epoch since which both sides were written when it was planned.</param>
/// <param name="After">Exclusive lower bound of its keys; null: open.</param>
/// <param name="UpTo">Inclusive upper bound; null only where the table was empty.</param>
/// <param name="Reached">The last key that was copied; null: none yet.</param>
/// <param name="IsDone">Whether it is copied.</param>
/// <param name="RowsRead">Rows read.</param>
/// <param name="RowsInserted">Rows inserted.</param>
/// <param name="RowsDeferred">Rows left to the repair.</param>
/// <param name="RowsEstimated">About how many rows it had when it was planned.</param>
internal sealed record BackfillRange(
    long Part, long DualSince, string? After, string? UpTo, string? Reached, bool IsDone, long RowsRead, long RowsInserted, long RowsDeferred, long RowsEstimated);
