using Microsoft.Extensions.Logging;

namespace DbMove.AspNetCore.Telemetry;

/// <summary>Log messages of the control plane: event ids 2100 to 2199. Who, what, outcome; bodies and headers never.</summary>
internal static partial class ControlPlaneLog
{
    [LoggerMessage(2100, LogLevel.Information, "Migration {Migration}: {Caller} asked for {Verb}: {Outcome}")]
    public static partial void Done(ILogger logger, string migration, string caller, string verb, string outcome);

    [LoggerMessage(2101, LogLevel.Warning, "Migration {Migration}: {Caller} asked for {Verb} and got {Status} {Problem}")]
    public static partial void Refused(ILogger logger, Exception? exception, string migration, string caller, string verb, int status, string problem);

    [LoggerMessage(2102, LogLevel.Warning, "Migration {Migration}: {Caller} asked for {Verb} and did not wait for the answer")]
    public static partial void Left(ILogger logger, string migration, string caller, string verb);
}
