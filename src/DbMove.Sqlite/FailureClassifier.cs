using DbMove.Dialects;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace DbMove.Sqlite;

/// <summary>What SQLite's result codes mean for the protocol.</summary>
internal static class FailureClassifier
{
    public static FailureKind? Classify(Exception exception) => exception switch
    {
        SqliteException failure => OfCode(failure.SqliteErrorCode, failure.SqliteExtendedErrorCode),
        InvalidDataException => FailureKind.Data,
        _ => null,
    };

    public static FailureKind ClassifyCommit(Exception exception) => exception switch
    {
        SqliteException failure => failure.SqliteErrorCode switch
        {
            // The transaction stays open; nothing reached the log.
            SQLITE_BUSY or SQLITE_LOCKED => FailureKind.Transient,
            SQLITE_CONSTRAINT => OfConstraint(failure.SqliteExtendedErrorCode),
            // The log may hold the commit mark although its sync failed: recovery may find the transaction.
            SQLITE_IOERR or SQLITE_FULL or SQLITE_CORRUPT or SQLITE_NOMEM or SQLITE_CANTOPEN => FailureKind.UnknownOutcome,
            _ => FailureKind.Bug,
        },
        // Thrown before anything was sent: the token, or a doomed session.
        OperationCanceledException => FailureKind.Transient,
        InvalidOperationException => FailureKind.Bug,
        _ => FailureKind.UnknownOutcome,
    };

    /// <summary>Whether the connection itself may be at fault and must not be used again.</summary>
    public static bool IsConnectionSuspect(SqliteException failure) =>
        failure.SqliteErrorCode is not (SQLITE_BUSY or SQLITE_LOCKED or SQLITE_CONSTRAINT or SQLITE_ERROR or SQLITE_TOOBIG or SQLITE_MISMATCH);

    private static FailureKind OfCode(int code, int extended) => code switch
    {
        SQLITE_BUSY when extended is SQLITE_BUSY_SNAPSHOT or SQLITE_BUSY_RECOVERY => FailureKind.Transient,
        // The busy time-out was waited for already.
        SQLITE_BUSY => FailureKind.Availability,
        SQLITE_LOCKED or SQLITE_SCHEMA or SQLITE_PROTOCOL or SQLITE_ABORT => FailureKind.Transient,
        SQLITE_CONSTRAINT => OfConstraint(extended),
        SQLITE_MISMATCH or SQLITE_TOOBIG => FailureKind.Data,
        SQLITE_CANTOPEN or SQLITE_IOERR or SQLITE_FULL or SQLITE_NOMEM or SQLITE_CORRUPT or SQLITE_INTERRUPT => FailureKind.Availability,
        _ => FailureKind.Bug,
    };

    private static FailureKind OfConstraint(int extended) => extended switch
    {
        SQLITE_CONSTRAINT_UNIQUE or SQLITE_CONSTRAINT_PRIMARYKEY or SQLITE_CONSTRAINT_ROWID => FailureKind.UniqueClash,
        SQLITE_CONSTRAINT_FOREIGNKEY => FailureKind.ForeignKey,
        _ => FailureKind.Data,
    };
}
