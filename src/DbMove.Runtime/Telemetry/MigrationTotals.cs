namespace DbMove;

/// <summary>What this process has done for a migration since it was built. The same figures are in the meter <c>DbMove</c>.</summary>
/// <param name="Writes">Transactions that the authority committed.</param>
/// <param name="FollowerFailures">Committed transactions whose rows the follower did not take at once.</param>
/// <param name="UnknownOutcomes">Commits on the authority whose outcome is unknown.</param>
/// <param name="IntentsCleared">Intents cleared after both sides had committed.</param>
/// <param name="KeysRepaired">Keys that a repair changed on the follower.</param>
/// <param name="KeysAlreadyConsistent">Keys that a repair found equal.</param>
/// <param name="RowsBackfilled">Rows that the backfill inserted on the target.</param>
/// <param name="RowsCompared">Rows compared by validation.</param>
/// <param name="Inconsistencies">Confirmed inconsistencies.</param>
/// <param name="LastSwitchPause">How long the last switch of this process made writes wait; null: there was none.</param>
public sealed record MigrationTotals(
    long Writes, long FollowerFailures, long UnknownOutcomes, long IntentsCleared, long KeysRepaired, long KeysAlreadyConsistent, long RowsBackfilled,
    long RowsCompared, long Inconsistencies, TimeSpan? LastSwitchPause);
