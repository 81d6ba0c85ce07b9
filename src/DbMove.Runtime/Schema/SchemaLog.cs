using Microsoft.Extensions.Logging;

namespace DbMove.Schema;

/// <summary>Log messages of this room: event ids 1900 to 1999.</summary>
internal static partial class SchemaLog
{
    [LoggerMessage(1900, LogLevel.Warning, "Migration {Migration}: {Finding}")]
    public static partial void Warning(ILogger logger, string migration, string finding);
}
