namespace DbMove;

/// <summary>How far the backfill of one entity is. Figures include what earlier runs and, at their last claim, other processes did.</summary>
/// <param name="Entity">The entity's wire name.</param>
/// <param name="RowsRead">Rows read on the source.</param>
/// <param name="RowsInserted">Rows that were missing on the target and were inserted; the others were there already.</param>
/// <param name="RowsDeferred">Rows that the target refused; each has an intent, and the repair places it later.</param>
/// <param name="EstimatedTotal">About how many rows there are; -1 before the entity was planned.</param>
/// <param name="IsDone">Whether every range is copied.</param>
public sealed record BackfillEntityProgress(string Entity, long RowsRead, long RowsInserted, long RowsDeferred, long EstimatedTotal, bool IsDone);
