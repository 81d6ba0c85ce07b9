namespace DbMove.AspNetCore.Answers;

/// <summary>The backfill of the process that answers.</summary>
internal sealed record BackfillAnswer(
    string State, long RowsRead, long RowsInserted, long RowsDeferred, long EstimatedTotal, double RowsPerSecond, double? RemainingSeconds,
    IReadOnlyList<BackfillEntityAnswer> Entities)
{
    public static BackfillAnswer Of(BackfillProgress progress) => new(
        WireNames.Of(progress.State), progress.RowsRead, progress.RowsInserted, progress.Entities.Sum(entity => entity.RowsDeferred), progress.EstimatedTotal,
        progress.RowsPerSecond, progress.Remaining?.TotalSeconds, [.. progress.Entities.Select(BackfillEntityAnswer.Of)]);
}
