using Microsoft.Extensions.Logging;

namespace DbMove.Schema;

/// <summary>Log messages of this room: event ids 1300 to 1399.</summary>
internal static partial class SchemaLog
{
    [LoggerMessage(1300, LogLevel.Warning, "Migration {Migration}: {Finding}")]
    public static partial void Warning(ILogger logger, string migration, string finding);
}
