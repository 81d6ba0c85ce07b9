using System.Net.Sockets;
using System.Text;
using DbMove.Dialects;
using Npgsql;

namespace DbMove.PostgreSql;

/// <summary>What Npgsql's exceptions mean for the protocol.</summary>
internal static class PostgreSqlFailures
{
    private const string IdleInTransaction = "25P03";

    public static FailureKind? Classify(Exception exception) => exception switch
    {
        PostgresException server => FromSqlState(server),
        NpgsqlException { InnerException: TimeoutException or IOException or SocketException } => FailureKind.Availability,
        NpgsqlException { IsTransient: true } => FailureKind.Availability,
        NpgsqlException => FailureKind.Bug,
        InvalidDataException or EncoderFallbackException => FailureKind.Data,
        DoomedSessionException => FailureKind.Bug,
        TimeoutException or SocketException or IOException => FailureKind.Availability,
        _ => null,
    };

    public static FailureKind ClassifyCommit(Exception exception) => exception switch
    {
        // The server raises it for a session that is idle, at the latest before it runs the statement that it has just
        // read: the COMMIT was not run.
        PostgresException { SqlState: IdleInTransaction } => FailureKind.Availability,

        // An ERROR is the server's word that the transaction was rolled back. FATAL ends the session, and may do so after
        // the commit record was written (a termination while waiting for a synchronous standby).
        PostgresException { InvariantSeverity: "ERROR" } server when !LeavesOutcomeOpen(server.SqlState) => FromSqlState(server),
        DoomedSessionException => FailureKind.Bug,
        _ => FailureKind.UnknownOutcome,
    };

    /// <summary>Whether the connection was lost or refused, as against a wait that ran out.</summary>
    public static bool IsConnectionLost(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        PostgresException server => server.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or SocketException } => true,
        _ => exception is IOException or SocketException,
    };

    private static bool LeavesOutcomeOpen(string sqlState) =>
        sqlState is PostgresErrorCodes.StatementCompletionUnknown or PostgresErrorCodes.TransactionResolutionUnknown;

    private static FailureKind FromSqlState(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => FailureKind.Transient,
        // "cached plan must not change result type": a column was given another type, and Npgsql prepares the statement anew
        // at its next use. Nothing was run.
        PostgresErrorCodes.FeatureNotSupported when exception.Routine == "RevalidateCachedQuery" => FailureKind.Transient,

        // 25P03 and 25P04 are the idle and the whole limit of a transaction.
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => FailureKind.Availability,
        IdleInTransaction or "25P04" => FailureKind.Availability,

        // A read-only transaction where DbMove writes: the server became a standby, or will be reached again elsewhere.
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureKind.Availability,
        PostgresErrorCodes.UniqueViolation => FailureKind.UniqueClash,
        PostgresErrorCodes.ForeignKeyViolation => FailureKind.ForeignKey,

        // What a user's trigger or check function raises is about the row.
        PostgresErrorCodes.RaiseException => FailureKind.Data,
        _ => FromClass(exception.SqlState),
    };

    private static FailureKind FromClass(string sqlState) => (sqlState.Length >= 2 ? sqlState[..2] : "") switch
    {
        "08" or "53" or "57" or "58" => FailureKind.Availability,
        "40" => FailureKind.Transient,
        "21" or "22" or "23" or "44" => FailureKind.Data,
        _ => FailureKind.Bug,
    };
}
