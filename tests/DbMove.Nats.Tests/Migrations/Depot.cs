using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DbMove.Nats.Tests.Migrations;

/// <summary>Two databases with the table of <see cref="Item"/>, the target damaged, and migrations between them over NATS. Plain SQL is the oracle.</summary>
internal sealed class Depot : IAsyncDisposable
{
    /// <summary>Rows on the source.</summary>
    public const int Rows = 400;

    /// <summary>Rows of the target that <see cref="DamageAsync"/> damages.</summary>
    public const int Damaged = 160;

    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-depot-").FullName;
    private readonly List<Migration> _migrations = [];
    private readonly string[] _addresses;
    private readonly bool _isPostgreSql;

    private Depot(string[]? addresses)
    {
        _isPostgreSql = addresses is not null;
        _addresses = addresses ?? [$"Data Source={_folder}/source.db", $"Data Source={_folder}/target.db"];
    }

    /// <summary>Two SQLite files with equal rows.</summary>
    public static async Task<Depot> CreateAsync()
    {
        Depot depot = new(null);
        await depot.MakeAsync("INTEGER", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {0}) INSERT INTO item SELECT i, 'item ' || i, i FROM n", Rows);
        return depot;
    }

    /// <summary>Two PostgreSQL databases with so many equal rows.</summary>
    public static async Task<Depot> CreateAsync(PostgreSqlServer server, int rows)
    {
        Depot depot = new([await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync()]);
        await depot.MakeAsync("BIGINT", "INSERT INTO item SELECT i, 'item ' || i, i FROM generate_series(1, {0}) AS i", rows);
        return depot;
    }

    /// <summary>On the target, of every ten rows one goes, two become others, and one there is that the source has not: 160 in all.</summary>
    public Task DamageAsync() => RunAsync(
        Side.Target,
        $"""
        DELETE FROM item WHERE id % 10 = 1;
        UPDATE item SET name = 'wrong' WHERE id % 10 IN (2, 3);
        INSERT INTO item SELECT id + 10000, 'extra', 0 FROM item WHERE id % 10 = 4;
        """);

    /// <summary>One of any number of instances, in the first dual stage, with all of its background work.</summary>
    public async Task<Migration> StartAsync(string url, Action<MigrationBuilder>? configure = null, Action<NatsOptions>? nats = null)
    {
        MigrationBuilder builder = new("depot");
        _ = _isPostgreSql ? builder.FromPostgreSql(_addresses[0]).ToPostgreSql(_addresses[1]) : builder.FromSqlite(_addresses[0]).ToSqlite(_addresses[1]);
        builder.AddEntity<Item>().UseNats(url, options =>
        {
            options.MaximumReconnectDelay = TimeSpan.FromMilliseconds(500);
            options.StreamName = StreamName;
            options.SubjectPrefix = SubjectPrefix;
            nats?.Invoke(options);
        });
        builder.Configure(options =>
        {
            options.RequireDurableServers = false;
            options.PollInterval = TimeSpan.FromSeconds(1);
            options.Validation.SuspectDelay = TimeSpan.Zero;
            options.Validation.RangeSize = 50;
            options.Repair.IntentDelay = TimeSpan.Zero;
            options.Events.Lease = TimeSpan.FromSeconds(2);
            options.Events.PollInterval = TimeSpan.FromMilliseconds(50);
        });
        configure?.Invoke(builder);
        Migration migration = builder.Build();
        _migrations.Add(migration);
        await migration.StartAsync();
        while (migration.Stage < Stage.SourceFirst)
        {
            await migration.SwitchAsync(migration.Stage + 1, Forced);
        }

        return migration;
    }

    public static SwitchOptions Forced { get; } = new() { OverrideGate = true, Reason = "the test is not about the gate" };

    /// <summary>The stream of this depot's migration; the server may be shared.</summary>
    public string StreamName { get; } = "depot-" + Guid.NewGuid().ToString("N");

    public string SubjectPrefix { get; } = "p" + Guid.NewGuid().ToString("N");

    public string Subject => $"{SubjectPrefix}.depot.item.inconsistent";

    public static string Consumer => "depot-fixers";

    /// <summary>Validates to the end.</summary>
    public static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromSeconds(120));
    }

    /// <summary>Waits until no event is open; then both sides hold the same rows.</summary>
    public async Task AssertRepairedAsync(int dead = 0)
    {
        await Eventually.TrueAsync(
            async () => (await RowsAsync(Side.Target, "SELECT COUNT(*), COUNT(dead_at) FROM dbmove_event"))[0] == $"{dead}|{dead}", "every event is dealt with", TimeSpan.FromSeconds(90));
        await AssertEqualAsync();
    }

    public async Task AssertEqualAsync() => Assert.Equal(await RowsAsync(Side.Source, All), await RowsAsync(Side.Target, All));

    public const string All = "SELECT id, name, amount FROM item ORDER BY id";

    public async Task RunAsync(Side side, string sql)
    {
        await using DbConnection connection = await OpenAsync(side);
        await using DbCommand command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 120);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> CountAsync(Side side, string from) => long.Parse((await RowsAsync(side, "SELECT COUNT(*) FROM " + from))[0], CultureInfo.InvariantCulture);

    /// <summary>Every row as text, columns joined by <c>|</c>.</summary>
    public async Task<List<string>> RowsAsync(Side side, string sql)
    {
        await using DbConnection connection = await OpenAsync(side);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Migration migration in _migrations)
        {
            await migration.DisposeAsync();
        }

        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            await using DbConnection connection = await OpenAsync(side);
            if (connection is NpgsqlConnection server)
            {
                NpgsqlConnection.ClearPool(server);
            }
            else if (connection is SqliteConnection file)
            {
                SqliteConnection.ClearPool(file);
            }
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task MakeAsync(string number, string insert, int rows)
    {
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            await RunAsync(side, $"CREATE TABLE item (id {number} PRIMARY KEY, name TEXT NOT NULL, amount {number} NOT NULL)");
            await RunAsync(side, string.Format(CultureInfo.InvariantCulture, insert, rows));
        }
    }

    private async Task<DbConnection> OpenAsync(Side side)
    {
        string address = _addresses[(int)side];
        DbConnection connection = _isPostgreSql ? new NpgsqlConnection(address) : new SqliteConnection(address);
        await connection.OpenAsync();
        return connection;
    }
}
