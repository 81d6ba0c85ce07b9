namespace DbMove.AspNetCore.Answers;

/// <summary>What the process that answers has done so far.</summary>
internal sealed record TotalsAnswer(
    long Writes, long FollowerFailures, long UnknownOutcomes, long IntentsCleared, long KeysRepaired, long KeysAlreadyConsistent, long RowsBackfilled,
    long RowsCompared, long Inconsistencies, double? LastSwitchPauseSeconds)
{
    public static TotalsAnswer Of(MigrationTotals totals) => new(
        totals.Writes, totals.FollowerFailures, totals.UnknownOutcomes, totals.IntentsCleared, totals.KeysRepaired, totals.KeysAlreadyConsistent,
        totals.RowsBackfilled, totals.RowsCompared, totals.Inconsistencies, totals.LastSwitchPause?.TotalSeconds);
}
