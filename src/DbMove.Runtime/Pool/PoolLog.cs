using Microsoft.Extensions.Logging;

namespace DbMove.Pool;

/// <summary>Log messages of this room: event ids 1100 to 1199.</summary>
internal static partial class PoolLog
{
    [LoggerMessage(1100, LogLevel.Warning, "Migration {Migration}: the follower ({Side}) did not take a write ({Kind}); its {Intents} intents stay and are repaired")]
    public static partial void FollowerFailed(ILogger logger, Exception exception, string migration, string side, string kind, int intents);

    [LoggerMessage(1101, LogLevel.Error, "Migration {Migration}: the outcome of a commit on the {Side} is unknown")]
    public static partial void OutcomeUnknown(ILogger logger, Exception exception, string migration, string side);

    [LoggerMessage(1102, LogLevel.Warning, "Migration {Migration}: {Intents} intents on the {Side} could not be cleared; they are repaired instead")]
    public static partial void ClearFailed(ILogger logger, Exception exception, string migration, string side, int intents);

    [LoggerMessage(1103, LogLevel.Debug, "Migration {Migration}: a write begun in stage {Stage} starts over, the stage has moved")]
    public static partial void StageMoved(ILogger logger, string migration, string stage);

    [LoggerMessage(1104, LogLevel.Warning, "Migration {Migration}: the follower ({Side}) counts as away, its breaker is open; writes leave their intents, and it is probed every {BreakDuration}")]
    public static partial void BreakerOpened(ILogger logger, Exception exception, string migration, string side, TimeSpan breakDuration);

    [LoggerMessage(1105, LogLevel.Information, "Migration {Migration}: the follower ({Side}) answers again after {OpenFor}, its breaker is closed; repair begins")]
    public static partial void BreakerClosed(ILogger logger, string migration, string side, TimeSpan openFor);

    [LoggerMessage(1106, LogLevel.Debug, "Migration {Migration}: a probe of the follower ({Side}) was not answered")]
    public static partial void ProbeFailed(ILogger logger, Exception exception, string migration, string side);

    [LoggerMessage(1107, LogLevel.Debug, "Migration {Migration}: a write left {Intents} intents without asking the follower ({Side}): {Reason}")]
    public static partial void FollowerSkipped(ILogger logger, string migration, string side, int intents, string reason);

    [LoggerMessage(1108, LogLevel.Error, "Migration {Migration}: the follower's part ({Side}) of a write that was acknowledged already failed; its intents stay and are repaired")]
    public static partial void CompletionFailed(ILogger logger, Exception exception, string migration, string side);

    [LoggerMessage(1109, LogLevel.Warning, "Migration {Migration}: it stops although {Writes} writes are still in flight after {Waited}")]
    public static partial void StoppedInFlight(ILogger logger, string migration, int writes, TimeSpan waited);

    [LoggerMessage(1110, LogLevel.Debug, "Migration {Migration}: a write failed and is tried again (try {Try}) in {Delay}")]
    public static partial void Retrying(ILogger logger, Exception exception, string migration, int @try, TimeSpan delay);
}
