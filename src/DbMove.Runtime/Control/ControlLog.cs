using Microsoft.Extensions.Logging;

namespace DbMove.Control;

/// <summary>Log messages of this room: event ids 1000 to 1099.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(1000, LogLevel.Information, "Migration {Migration} is in stage {Stage}, epoch {Epoch}")]
    public static partial void StageSeen(ILogger logger, string migration, string stage, long epoch);

    [LoggerMessage(1001, LogLevel.Warning, "Migration {Migration}: the stage could not be refreshed; reads go on in stage {Stage} because StaleReads allows it")]
    public static partial void StaleRead(ILogger logger, Exception exception, string migration, string stage);
}
