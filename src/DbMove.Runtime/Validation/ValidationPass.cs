namespace DbMove;

/// <summary>A full validation as the target's control tables remember it.</summary>
/// <param name="Run">Its identity.</param>
/// <param name="Epoch">The epoch in which it began.</param>
/// <param name="State">Its outcome. <see cref="ValidationState.Running"/> may mean that its process died.</param>
/// <param name="SourceServer">Which server was the source.</param>
/// <param name="TargetServer">Which server was the target.</param>
/// <param name="FollowsBackfill">Whether the backfill was complete when it began.</param>
/// <param name="StartedAt">When it began, by the target's clock.</param>
/// <param name="FinishedAt">When it ended, by the target's clock; null while it has not.</param>
/// <param name="RowsCompared">Keys compared.</param>
/// <param name="Differences">Confirmed differences.</param>
/// <param name="Undecided">Keys that stayed pending.</param>
/// <param name="Detail">Why it is not clean.</param>
public sealed record ValidationPass(
    string Run, long Epoch, ValidationState State, string SourceServer, string TargetServer, bool FollowsBackfill, DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt, long RowsCompared, long Differences, long Undecided, string Detail);
