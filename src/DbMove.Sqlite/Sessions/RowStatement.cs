using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Sessions;

/// <summary>A statement prepared on one connection. Whoever steps it resets it; after a failure the link resets all.</summary>
internal sealed class RowStatement : IDisposable
{
    private readonly sqlite3 _connection;

    public RowStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle), connection);
        Handle = handle;
    }

    public sqlite3_stmt Handle { get; }

    /// <summary>Runs on to the next row; false at the end.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(Handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        SqliteException.ThrowExceptionForRC(code, _connection);
        return false;
    }

    /// <summary>
    /// Runs on to the end and resets: a statement with RETURNING that is left at its first row has not checked its
    /// foreign keys yet.
    /// </summary>
    public void Finish()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Runs a statement without rows and returns its result code, whatever it is.</summary>
    public int TryRun()
    {
        int code = raw.sqlite3_step(Handle);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            return code;
        }

        Reset();
        return raw.SQLITE_OK;
    }

    public void Reset() => _ = raw.sqlite3_reset(Handle);

    public void BindInt64(int index, long value) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(Handle, index, value), _connection);

    public void BindText(int index, string value) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_text(Handle, index, value), _connection);

    public void Dispose() => Handle.Dispose();
}
