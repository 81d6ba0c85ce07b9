using Microsoft.Extensions.Logging;

namespace DbMove.Repair;

/// <summary>Log messages of this room: event ids 1200 to 1299.</summary>
internal static partial class RepairLog
{
    [LoggerMessage(1200, LogLevel.Information, "Migration {Migration}: {Repaired} keys repaired, {Consistent} were already consistent")]
    public static partial void Repaired(ILogger logger, string migration, int repaired, int consistent);

    [LoggerMessage(1201, LogLevel.Warning, "Migration {Migration}: {Entity} {Key} could not be repaired: {Reason}")]
    public static partial void KeyFailed(ILogger logger, string migration, string entity, string key, string reason);

    [LoggerMessage(EventId = 1202, Message = "Migration {Migration}: repair waits, a side is out of reach")]
    public static partial void Waiting(ILogger logger, LogLevel level, Exception exception, string migration);

    [LoggerMessage(1203, LogLevel.Error, "Migration {Migration}: an intent names {Entity} {Key}, which this process cannot repair; it stays open")]
    public static partial void UnknownEntity(ILogger logger, string migration, string entity, string key);

    [LoggerMessage(1204, LogLevel.Warning, "Migration {Migration}: {Count} keys of {Entity} were written and are not what was written, such as {Keys}: {Reason}")]
    public static partial void NotHeld(ILogger logger, string migration, int count, string entity, string keys, string reason);

    [LoggerMessage(1205, LogLevel.Information, "Migration {Migration}: repair goes on")]
    public static partial void GoesOn(ILogger logger, string migration);
}
