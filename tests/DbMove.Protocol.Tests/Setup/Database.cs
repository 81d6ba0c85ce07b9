using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>One side's database as an outsider sees it: plain SQL, the oracle of every test.</summary>
internal sealed class Database(string connectionString, bool isPostgreSql)
{
    public string ConnectionString { get; } = connectionString;

    public bool IsPostgreSql { get; } = isPostgreSql;

    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = IsPostgreSql ? new NpgsqlConnection(ConnectionString) : new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs a statement in a transaction that is rolled back when it is disposed.</summary>
    public async Task<IAsyncDisposable> BeginAsync(string sql)
    {
        DbConnection connection = await OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN; " + sql;
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every row as text, columns joined by <c>|</c>.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "null" : Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    /// <summary>
    /// Returns when an operation has either ended or waits for a lock here. On SQLite everything up to the wait runs before
    /// the call that started it returns, so an operation that has not ended waits already.
    /// </summary>
    public async Task WaitUntilBlockedAsync(Task operation)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(30));
        while (IsPostgreSql && !operation.IsCompleted
            && (await RowsAsync("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).Count == 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Returns when so many statements wait for a lock here; PostgreSQL.</summary>
    public async Task WaitUntilBlockedAsync(int statements)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(30));
        while ((await RowsAsync("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).Count < statements)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Ends the sessions that match, as an administrator or a time-out of the server does; PostgreSQL.</summary>
    public Task EndSessionsAsync(string where) =>
        ExecuteAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND {where}");

    public async Task<long> CountAsync(string table) => long.Parse((await RowsAsync($"SELECT COUNT(*) FROM {table}"))[0], System.Globalization.CultureInfo.InvariantCulture);
}
