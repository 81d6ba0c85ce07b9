using Microsoft.Extensions.Logging;

namespace DbMove.Validation;

/// <summary>Log messages of this room: event ids 1400 to 1499.</summary>
internal static partial class ValidationLog
{
    [LoggerMessage(1400, LogLevel.Information, "Migration {Migration}: full validation {Run} started in epoch {Epoch}")]
    public static partial void Started(ILogger logger, string migration, string run, long epoch);

    [LoggerMessage(1401, LogLevel.Information, "Migration {Migration}: full validation {Run} is {State}, {Compared} rows compared, {Differences} differences, {Undecided} undecided. {Detail}")]
    public static partial void Ended(ILogger logger, string migration, string run, ValidationState state, long compared, long differences, long undecided, string detail);

    [LoggerMessage(1402, LogLevel.Error, "Migration {Migration}: full validation failed")]
    public static partial void Failed(ILogger logger, Exception exception, string migration);

    [LoggerMessage(1403, LogLevel.Warning, "Migration {Migration}: {Count} keys of {Entity} are inconsistent ({Kind}), such as {Keys}")]
    public static partial void Confirmed(ILogger logger, string migration, int count, string entity, InconsistencyKind kind, string keys);

    [LoggerMessage(1404, LogLevel.Warning, "Migration {Migration}: validation of {Entity} waits {Delay} and goes on, a side is busy or out of reach")]
    public static partial void Waiting(ILogger logger, Exception exception, string migration, string entity, TimeSpan delay);

    [LoggerMessage(EventId = 1405, Message = "Migration {Migration}: keys cannot be verified now, a side or the event channel is out of reach")]
    public static partial void VerificationWaits(ILogger logger, LogLevel level, Exception exception, string migration);

    [LoggerMessage(1409, LogLevel.Information, "Migration {Migration}: keys are verified again")]
    public static partial void VerificationGoesOn(ILogger logger, string migration);

    [LoggerMessage(1406, LogLevel.Error, "Migration {Migration}: a key of {Entity} waits for verification, and this process knows no such entity or key; it stays and keeps the gate closed")]
    public static partial void UnknownEntity(ILogger logger, string migration, string entity);

    [LoggerMessage(1408, LogLevel.Warning, "Migration {Migration}: dirty marks on the {Side} that a clean full validation has settled could not be removed; the next one removes them")]
    public static partial void DirtyStays(ILogger logger, Exception exception, string migration, string side);

    [LoggerMessage(1407, LogLevel.Error, "Migration {Migration}: the outcome of full validation {Run} could not be stored; it does not count")]
    public static partial void OutcomeLost(ILogger logger, Exception exception, string migration, string run);
}
