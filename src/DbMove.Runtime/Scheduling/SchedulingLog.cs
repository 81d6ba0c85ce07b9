using Microsoft.Extensions.Logging;

namespace DbMove.Scheduling;

/// <summary>Log messages of this room: event ids 1600 to 1699.</summary>
internal static partial class SchedulingLog
{
    [LoggerMessage(1600, LogLevel.Information, "Migration {Migration} switched from {From} to {To}, epoch {Epoch}; writes waited {PauseMilliseconds} ms")]
    public static partial void Switched(ILogger logger, string migration, string from, string to, long epoch, double pauseMilliseconds);

    [LoggerMessage(1601, LogLevel.Warning, "Migration {Migration}: the switch from {From} to {To} was abandoned: {Reason}")]
    public static partial void Abandoned(ILogger logger, string migration, string from, string to, string reason);

    [LoggerMessage(1602, LogLevel.Warning, "Migration {Migration}: a switch to {To}, epoch {Epoch}, that died half-way was {Outcome}")]
    public static partial void Resolved(ILogger logger, string migration, string to, long epoch, string outcome);

    [LoggerMessage(1603, LogLevel.Warning, "Migration {Migration}: the gate was overridden by {ChangedBy}: {Reason}")]
    public static partial void Overridden(ILogger logger, string migration, string changedBy, string reason);

    [LoggerMessage(1604, LogLevel.Error, "Migration {Migration}: the background work '{Work}' failed and is started again")]
    public static partial void WorkFailed(ILogger logger, Exception exception, string migration, string work);

    [LoggerMessage(EventId = 1605, Message = "Migration {Migration}: the stage could not be refreshed")]
    public static partial void PollFailed(ILogger logger, LogLevel level, Exception exception, string migration);

    [LoggerMessage(1606, LogLevel.Information, "Migration {Migration}: the gate to {To} is open; auto-promotion follows in {OpenFor} if it stays so")]
    public static partial void PromotionCounts(ILogger logger, string migration, string to, TimeSpan openFor);

    [LoggerMessage(1607, LogLevel.Information, "Migration {Migration}: auto-promotion to {To} waits, its time begins anew: {Reason}")]
    public static partial void PromotionWaits(ILogger logger, string migration, string to, string reason);

    [LoggerMessage(1608, LogLevel.Information, "Migration {Migration} was promoted to {To}, epoch {Epoch}: {Reason}")]
    public static partial void Promoted(ILogger logger, string migration, string to, long epoch, string reason);

    [LoggerMessage(1609, LogLevel.Warning, "Migration {Migration}: auto-promotion to {To} did not switch")]
    public static partial void PromotionRefused(ILogger logger, Exception exception, string migration, string to);

    [LoggerMessage(1610, LogLevel.Warning, "Migration {Migration}: auto-promotion could not look at the gate")]
    public static partial void PromotionLookFailed(ILogger logger, Exception exception, string migration);

    [LoggerMessage(1611, LogLevel.Information, "Migration {Migration}: the stage is refreshed again")]
    public static partial void PollGoesOn(ILogger logger, string migration);
}
