using System.Data.Common;
using DbMove.Dialects;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DbMove.Sqlite.Sessions;

/// <summary>
/// One connection with its prepared statements, kept while it is pooled. Row statements go straight to SQLite (typed
/// binding, no boxing, no sleeping retry); statements on the control tables go through the driver's commands.
/// </summary>
internal sealed class SqliteLink : IDisposable
{
    private const int CachedCommands = 128;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<StatementText, RowStatement> _statements = [];
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteLink(SqliteConnection connection, SessionUse use)
    {
        _connection = connection;
        Use = use;
        Handle = connection.Handle!;
    }

    public SessionUse Use { get; }

    public sqlite3 Handle { get; }

    /// <summary>Whether SQLite has a transaction open; it ends one by itself after some errors.</summary>
    public bool HasTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>A command for a statement that is not DbMove's.</summary>
    public DbCommand CreateCommand() => _connection.CreateCommand();

    public RowStatement Prepare(StatementText text)
    {
        if (!_statements.TryGetValue(text, out RowStatement? statement))
        {
            statement = new RowStatement(Handle, text.Sql);
            _statements.Add(text, statement);
        }

        return statement;
    }

    public void SetBusyTimeout(TimeSpan timeout)
    {
        double milliseconds = timeout < TimeSpan.Zero ? int.MaxValue : Math.Min(timeout.TotalMilliseconds, int.MaxValue);
        _ = raw.sqlite3_busy_timeout(Handle, (int)milliseconds);
    }

    public int Execute(string sql, ReadOnlySpan<SqlArgument> arguments)
    {
        SqliteCommand command = Command(sql, arguments, out bool isCached);
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            DisposeUnless(isCached, command);
        }
    }

    public List<T> Query<T>(string sql, ReadOnlySpan<SqlArgument> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        SqliteCommand command = Command(sql, arguments, out bool isCached);
        try
        {
            using SqliteDataReader reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            DisposeUnless(isCached, command);
        }
    }

    /// <summary>
    /// Whether a row of the transaction refers to one that is not there, which would fail the commit: an immediate foreign
    /// key that was deferred, or one that is declared so.
    /// </summary>
    public bool HasOpenForeignKeys =>
        raw.sqlite3_db_status(Handle, raw.SQLITE_DBSTATUS_DEFERRED_FKS, out int isOpen, out _, 0) == raw.SQLITE_OK && isOpen != 0;

    /// <summary>Checks foreign keys at the commit of this transaction instead of row by row; the next one checks as ever.</summary>
    public void DeferForeignKeys()
    {
        // SQLite sets the flag while it compiles the statement, so a cached one would do nothing the second time.
        int code = raw.sqlite3_exec(Handle, "PRAGMA defer_foreign_keys = ON");
        SqliteException.ThrowExceptionForRC(code, Handle);
    }

    /// <summary>After a failure: ends whatever was left half-way, so that no read lock stays behind.</summary>
    public void ResetAll()
    {
        foreach (RowStatement statement in _statements.Values)
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        foreach (RowStatement statement in _statements.Values)
        {
            statement.Dispose();
        }

        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static void DisposeUnless(bool isCached, SqliteCommand command)
    {
        if (!isCached)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<SqlArgument> arguments, out bool isCached)
    {
        isCached = _commands.TryGetValue(sql, out SqliteCommand? command);
        if (command is null)
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text comes from DbMove's own rooms and dialect; every value in it is a parameter.
            command.CommandText = sql;
#pragma warning restore CA2100
            isCached = _commands.Count < CachedCommands && StatementKind.IsRepeated(sql);
            if (isCached)
            {
                _commands.Add(sql, command);
            }
        }

        SetArguments(command.Parameters, arguments);
        return command;
    }

    private static void SetArguments(SqliteParameterCollection parameters, ReadOnlySpan<SqlArgument> arguments)
    {
        bool isSame = parameters.Count == arguments.Length;
        for (int index = 0; isSame && index < arguments.Length; index++)
        {
            isSame = string.Equals(parameters[index].ParameterName, arguments[index].Name, StringComparison.Ordinal);
        }

        if (!isSame)
        {
            parameters.Clear();
        }

        for (int index = 0; index < arguments.Length; index++)
        {
            object value = arguments[index].Value ?? DBNull.Value;
            if (isSame)
            {
                parameters[index].Value = value;
            }
            else
            {
                parameters.AddWithValue(arguments[index].Name, value);
            }
        }
    }
}
