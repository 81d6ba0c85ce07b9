using System.Data.Common;
using DbMove.AotSmoke.Traffic;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DbMove.AotSmoke.Databases;

/// <summary>One side, by plain SQL from outside.</summary>
/// <param name="IsSqlite">Else PostgreSQL.</param>
/// <param name="Address">A file's path, or a connection string.</param>
/// <param name="Names">What it calls things.</param>
internal sealed record SmokeDatabase(bool IsSqlite, string Address, SideNames Names)
{
    /// <summary>The address in the service's configuration.</summary>
    public string Configured => (IsSqlite ? "sqlite:" : "postgres:") + Address;

    public async Task<int> RunAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = Command(connection, sql);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = Command(connection, sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task<Dictionary<long, string>> ReadOrdersAsync() => ReadAsync(
        $"SELECT id, {Names.Customer}, status, line_count, total, note, placed_at, updated_at FROM {Names.Orders}",
        row => (row.GetInt64(0), RowText.Order(
            row.GetInt64(0), row.GetString(1), row.GetInt16(2), row.GetInt32(3), row.GetDecimal(4), row.IsDBNull(5) ? null : row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7))));

    /// <summary>What the customers with the greatest sums have ordered and not cancelled.</summary>
    public Task<Dictionary<string, string>> ReadCustomersAsync(int limit) => ReadAsync(
        $"SELECT {Names.Customer}, COUNT(*), SUM(total) FROM {Names.Orders} WHERE status <> 2 GROUP BY {Names.Customer} ORDER BY SUM(total) DESC, {Names.Customer} LIMIT {limit}",
        row => (row.GetString(0), RowText.Customer(row.GetString(0), row.GetInt32(1), row.GetDecimal(2))));

    public Task<Dictionary<(long Order, int Line), string>> ReadLinesAsync() => ReadAsync(
        $"SELECT order_id, line, {Names.Sku}, quantity, unit_price FROM {Names.Lines}",
        row => ((row.GetInt64(0), row.GetInt32(1)), RowText.Line(row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetInt16(3), row.GetDecimal(4))));

    public Task<Dictionary<Guid, string>> ReadParcelsAsync() => ReadAsync(
        $"SELECT id, order_id, state, {Names.IsFragile}, weight, sent_at, due_on, due_by, seal, note FROM parcels",
        row => (row.GetGuid(0), RowText.Parcel(
            row.GetGuid(0),
            row.GetInt64(1),
            row.GetInt32(2),
            row.GetBoolean(3),
            row.IsDBNull(4) ? null : row.GetDouble(4),
            row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<DateOnly>(6),
            row.IsDBNull(7) ? null : row.GetFieldValue<TimeOnly>(7),
            row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8),
            row.IsDBNull(9) ? null : row.GetString(9))));

    private async Task<Dictionary<TKey, string>> ReadAsync<TKey>(string sql, Func<DbDataReader, (TKey Key, string Text)> read)
        where TKey : notnull
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = Command(connection, sql);
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        Dictionary<TKey, string> rows = [];
        while (await reader.ReadAsync())
        {
            (TKey key, string text) = read(reader);
            rows.Add(key, text);
        }

        return rows;
    }

    private static DbCommand Command(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = IsSqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Address, Pooling = false, DefaultTimeout = 30 }.ConnectionString)
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
