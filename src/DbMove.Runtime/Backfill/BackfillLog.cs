using Microsoft.Extensions.Logging;

namespace DbMove.Backfill;

/// <summary>Log messages of this room: event ids 1300 to 1399.</summary>
internal static partial class BackfillLog
{
    [LoggerMessage(1300, LogLevel.Information, "Migration {Migration}: backfill started with {Workers} workers")]
    public static partial void Started(ILogger logger, string migration, int workers);

    [LoggerMessage(1301, LogLevel.Information, "Migration {Migration}: backfill of {Entity} planned in {Ranges} ranges, about {Rows} rows")]
    public static partial void Planned(ILogger logger, string migration, string entity, int ranges, long rows);

    [LoggerMessage(1302, LogLevel.Information, "Migration {Migration}: backfill of {Entity} is done, {Read} rows read, {Inserted} inserted, {Deferred} left to the repair")]
    public static partial void EntityDone(ILogger logger, string migration, string entity, long read, long inserted, long deferred);

    [LoggerMessage(1303, LogLevel.Information, "Migration {Migration}: backfill is {State}")]
    public static partial void Ended(ILogger logger, string migration, BackfillState state);

    [LoggerMessage(1304, LogLevel.Error, "Migration {Migration}: backfill failed")]
    public static partial void Failed(ILogger logger, Exception exception, string migration);

    [LoggerMessage(1305, LogLevel.Warning, "Migration {Migration}: backfill of {Entity} waits {Delay} and goes on, a side is busy or out of reach")]
    public static partial void Waiting(ILogger logger, Exception exception, string migration, string entity, TimeSpan delay);

    [LoggerMessage(1306, LogLevel.Warning, "Migration {Migration}: range {Part} of {Entity} was taken over or the stage moved; what was read for it is dropped")]
    public static partial void ClaimLost(ILogger logger, string migration, string entity, long part);

    [LoggerMessage(1307, LogLevel.Warning, "Migration {Migration}: the target refused {Count} rows of {Entity}; each has an intent now, and the repair places it: {Reason}")]
    public static partial void Deferred(ILogger logger, string migration, int count, string entity, string reason);
}
