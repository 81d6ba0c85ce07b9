using Microsoft.Extensions.Logging;

namespace DbMove.Reads;

/// <summary>Log messages of this room: event ids 1800 to 1899.</summary>
internal static partial class ReadLog
{
    [LoggerMessage(1800, LogLevel.Warning, "Migration {Migration}: the target failed a read, which the source answered; the source is read until the target answers again")]
    public static partial void TargetFailed(ILogger logger, Exception exception, string migration);

    [LoggerMessage(1801, LogLevel.Information, "Migration {Migration}: the target answers reads again")]
    public static partial void TargetAnswers(ILogger logger, string migration);

    [LoggerMessage(1802, LogLevel.Warning, "Migration {Migration}: it cannot be told whether the target may be read, so the source is")]
    public static partial void LookFailed(ILogger logger, Exception exception, string migration);

    [LoggerMessage(EventId = 1803, Message = "Migration {Migration}: a shadow read of {Entity} could not be compared; it is tried with the next ones")]
    public static partial void ShadowFailed(ILogger logger, LogLevel level, Exception exception, string migration, string entity);

    [LoggerMessage(1804, LogLevel.Information, "Migration {Migration}: shadow reads are compared again")]
    public static partial void ShadowGoesOn(ILogger logger, string migration);
}
