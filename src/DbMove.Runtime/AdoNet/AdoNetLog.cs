using Microsoft.Extensions.Logging;

namespace DbMove.AdoNet;

/// <summary>Log messages of this room: event ids 2200 to 2299.</summary>
internal static partial class AdoNetLog
{
    [LoggerMessage(2200, LogLevel.Warning, "Migration {Migration}: the data source was closed after {Timeout} with work still in flight")]
    public static partial void ClosedEarly(ILogger logger, string migration, TimeSpan timeout);
}
