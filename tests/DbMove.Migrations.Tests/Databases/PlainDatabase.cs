using System.Data.Common;
using System.Globalization;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.Databases;

/// <summary>A private database of one test, seen without DbMove: the oracle is a plain SELECT.</summary>
internal abstract class PlainDatabase : IAsyncDisposable
{
    /// <summary>What a migration is told to find the database.</summary>
    public abstract string Address { get; }

    /// <summary>Makes an empty database; a PostgreSQL that cannot be started skips the test, or fails it in CI.</summary>
    public static async Task<PlainDatabase> CreateAsync(Engine engine, PostgreSqlServer server) => engine switch
    {
        Engine.Sqlite => new PlainSqlite(),
        Engine.PostgreSql => new PlainPostgreSql(await server.CreateDatabaseAsync()),
        _ => throw new ArgumentOutOfRangeException(nameof(engine)),
    };

    public abstract MigrationBuilder AsSource(MigrationBuilder builder);

    public abstract MigrationBuilder AsTarget(MigrationBuilder builder);

    public async Task RunAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>All rows of a query, every value in a text that is the same for both engines.</summary>
    public async Task<List<string[]>> RowsAsync(string sql)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = Command(connection, sql);
        await using DbDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string[]> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            string[] row = new string[reader.FieldCount];
            for (int ordinal = 0; ordinal < row.Length; ordinal++)
            {
                row[ordinal] = CanonicalText.Of(Value(reader, ordinal));
            }

            rows.Add(row);
        }

        return rows;
    }

    public async Task<long> NumberAsync(string sql) => long.Parse((await RowsAsync(sql))[0][0], CultureInfo.InvariantCulture);

    /// <summary>The names of the tables that are there, DbMove's among them.</summary>
    public abstract Task<List<string>> TablesAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A connection of its own, never one of DbMove's.</summary>
    public abstract Task<DbConnection> OpenAsync();

    /// <summary>A column's value as the column's declared type means it.</summary>
    protected virtual object Value(DbDataReader reader, int ordinal) => reader.GetValue(ordinal);

    private static DbCommand Command(DbConnection connection, string sql)
    {
        DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 120;
        return command;
    }
}
