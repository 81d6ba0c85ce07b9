using Microsoft.Extensions.Logging;

namespace DbMove.Nats;

/// <summary>Log messages of this assembly: event ids 2000 to 2099.</summary>
internal static partial class NatsLog
{
    [LoggerMessage(2000, LogLevel.Information, "Migration {Migration}: connected to the NATS server at {Where}")]
    public static partial void Connected(ILogger logger, string migration, string where);

    [LoggerMessage(2001, LogLevel.Warning, "Migration {Migration}: events wait in the control table. {Reason}")]
    public static partial void Unreachable(ILogger logger, string migration, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "Migration {Migration}: the connection to the NATS server at {Where} is lost and is made again")]
    public static partial void Lost(ILogger logger, string migration, string where);

    [LoggerMessage(2003, LogLevel.Information, "Migration {Migration}: {What} was made")]
    public static partial void Made(ILogger logger, string migration, string what);

    [LoggerMessage(2004, LogLevel.Warning, "Migration {Migration}: {What} was missing and was made again; events that were in it are published again")]
    public static partial void MadeAgain(ILogger logger, string migration, string what);

    [LoggerMessage(2005, LogLevel.Warning, "Migration {Migration}: {Count} of {All} events were not taken and are published again later; the first: {Reason}")]
    public static partial void NotTaken(ILogger logger, string migration, int count, int all, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Migration {Migration}: message {Id} cannot be read: {Defect}")]
    public static partial void Unreadable(ILogger logger, string migration, string id, string defect);

    [LoggerMessage(2008, LogLevel.Warning, "Migration {Migration}: consumer {Consumer} is there and answers no pull: {Reason}")]
    public static partial void Silent(ILogger logger, string migration, string consumer, string reason);

    [LoggerMessage(2009, LogLevel.Warning, "Migration {Migration}: consumer {Consumer} is dead and is replaced: for 15 s the server answered, no pull was answered or waited there, and nothing moved. Its messages come again")]
    public static partial void Dead(ILogger logger, string migration, string consumer);

    [LoggerMessage(2007, LogLevel.Debug, "Migration {Migration}: a message that came after its receiver had left could not be handed back and comes again when its lease has run out")]
    public static partial void NotHandedBack(ILogger logger, Exception exception, string migration);
}
