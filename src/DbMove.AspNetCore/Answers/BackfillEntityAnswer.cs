namespace DbMove.AspNetCore.Answers;

/// <summary>The backfill of one entity.</summary>
internal sealed record BackfillEntityAnswer(string Entity, long RowsRead, long RowsInserted, long RowsDeferred, long? EstimatedTotal, bool IsDone)
{
    public static BackfillEntityAnswer Of(BackfillEntityProgress entity) => new(
        entity.Entity, entity.RowsRead, entity.RowsInserted, entity.RowsDeferred, entity.EstimatedTotal < 0 ? null : entity.EstimatedTotal, entity.IsDone);
}
