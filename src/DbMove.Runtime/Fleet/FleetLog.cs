using Microsoft.Extensions.Logging;

namespace DbMove.Fleet;

/// <summary>Log messages of this room: event ids 1700 to 1799.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(1700, LogLevel.Warning, "Migration {Migration}: this instance could not give a sign of life; if that lasts it counts as dead, and leads no more")]
    public static partial void BeatFailed(ILogger logger, Exception exception, string migration);

    [LoggerMessage(1701, LogLevel.Information, "Migration {Migration}: instance {Instance} {Outcome}")]
    public static partial void Leads(ILogger logger, string migration, string instance, string outcome);

    [LoggerMessage(1702, LogLevel.Information, "Migration {Migration}: this instance could not say that it leaves; it counts as alive until its time runs out")]
    public static partial void LeftSilently(ILogger logger, Exception exception, string migration);
}
