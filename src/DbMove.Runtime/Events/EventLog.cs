using Microsoft.Extensions.Logging;

namespace DbMove.Events;

/// <summary>Log messages of this room: event ids 1500 to 1599.</summary>
internal static partial class EventLog
{
    [LoggerMessage(1500, LogLevel.Information, "Migration {Migration}: event {Event} is done, {Keys} keys of {Entity}, {Repaired} repaired, {Consistent} already consistent")]
    public static partial void Done(ILogger logger, string migration, string @event, int keys, string entity, int repaired, int consistent);

    [LoggerMessage(1501, LogLevel.Warning, "Migration {Migration}: event {Event} of {Entity} is tried again in {Delay}: {Reason}")]
    public static partial void Again(ILogger logger, string migration, string @event, string entity, TimeSpan delay, string reason);

    [LoggerMessage(1502, LogLevel.Error, "Migration {Migration}: event {Event} of {Entity} is dead: {Reason}")]
    public static partial void Dead(ILogger logger, string migration, string @event, string entity, string reason);

    [LoggerMessage(EventId = 1503, Message = "Migration {Migration}: a consumer of events waits {Milliseconds} ms, the channel or a side is out of reach")]
    public static partial void Waiting(ILogger logger, LogLevel level, Exception exception, string migration, long milliseconds);

    [LoggerMessage(1504, LogLevel.Warning, "Migration {Migration}: the lease of event {Event} ran out before it was done, and another has it or has ended it")]
    public static partial void LeaseLost(ILogger logger, string migration, string @event);

    [LoggerMessage(1505, LogLevel.Debug, "Migration {Migration}: event {Event} of {Entity} goes back into the channel, uncounted: what failed passes")]
    public static partial void Returned(ILogger logger, Exception exception, string migration, string @event, string entity);

    [LoggerMessage(1506, LogLevel.Warning, "Migration {Migration}: the broker or the target is out of reach, events stay in the target's table and go out when it is back")]
    public static partial void RelayWaits(ILogger logger, Exception exception, string migration);

    [LoggerMessage(1507, LogLevel.Warning, "Migration {Migration}: the broker refuses {Events} events for now, they stay in the target's table and are sent again")]
    public static partial void Refused(ILogger logger, string migration, int events);

    [LoggerMessage(1508, LogLevel.Information, "Migration {Migration}: events go to the broker again")]
    public static partial void RelayGoesOn(ILogger logger, string migration);

    [LoggerMessage(1509, LogLevel.Warning, "Migration {Migration}: the broker no longer has {Events} events that it had taken, they are sent again")]
    public static partial void Lost(ILogger logger, string migration, int events);

    [LoggerMessage(1510, LogLevel.Information, "Migration {Migration}: the message of event {Event} could not be acknowledged; it comes again and changes nothing")]
    public static partial void NotAcknowledged(ILogger logger, Exception exception, string migration, string @event);
}
