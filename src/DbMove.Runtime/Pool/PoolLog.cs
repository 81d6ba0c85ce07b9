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
}
