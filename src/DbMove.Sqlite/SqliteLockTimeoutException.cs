using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite;

/// <summary>
/// The write lock of a SQLite file could not be had within the lock time-out. Nothing was written. SQLite has one writer at
/// a time; a long transaction, or a process that froze inside one, makes the others wait.
/// </summary>
/// <param name="file">The file's path.</param>
/// <param name="lockTimeout">How long was waited.</param>
/// <param name="isHeldInThisProcess">Whether another session of this process held the lock.</param>
internal sealed class SqliteLockTimeoutException(string file, TimeSpan lockTimeout, bool isHeldInThisProcess)
    : SqliteException(
        $"The write lock of '{file}' was not free within {lockTimeout.TotalMilliseconds:F0} ms: {(isHeldInThisProcess ? "another transaction of this process" : "another process")} holds it. "
        + (isHeldInThisProcess
            ? "Where a transaction is open in the same call, pass it to the repository (the 'transaction' argument), or the two wait for each other; else shorten the transactions that write to the file, or raise LockTimeout."
            : "Shorten the transactions that write to the file, or raise LockTimeout."),
        SqliteBusy)
{
    private const int SqliteBusy = 5;

    /// <summary>The file's path.</summary>
    public string File { get; } = file;

    /// <summary>How long was waited.</summary>
    public TimeSpan LockTimeout { get; } = lockTimeout;

    /// <summary>Whether another session of this process held the lock; else another process did.</summary>
    public bool IsHeldInThisProcess { get; } = isHeldInThisProcess;
}
