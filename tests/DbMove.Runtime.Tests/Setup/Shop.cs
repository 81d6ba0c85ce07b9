using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DbMove.Runtime.Tests.Setup;

/// <summary>Two SQLite files with the tables of <see cref="Customer"/> and <see cref="Purchase"/>, and migrations between them. Plain SQL is the oracle.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-runtime-").FullName;
    private readonly List<Migration> _migrations = [];

    private Shop()
    {
    }

    public static SwitchOptions Forced { get; } = new() { OverrideGate = true, Reason = "the test is not about the gate" };

    /// <summary>Makes both files, and so many customers on the source.</summary>
    public static Shop Create(int customers = 0)
    {
        Shop shop = new();
        foreach ((Side side, string customer) in new[] { (Side.Source, "customer_id INTEGER NOT NULL"), (Side.Target, "buyer_id INTEGER NOT NULL REFERENCES customer(id)") })
        {
            shop.Run(side, "PRAGMA journal_mode = WAL");
            shop.Run(side, "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE)");
            shop.Run(side, $"CREATE TABLE purchase (id INTEGER PRIMARY KEY, {customer})");
        }

        shop.AddCustomers(Side.Source, 1, customers);
        return shop;
    }

    /// <summary>Adds customers behind DbMove's back.</summary>
    public void AddCustomers(Side side, int first, int last) =>
        Run(side, $"WITH RECURSIVE n(i) AS (SELECT {first} WHERE {first} <= {last} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) INSERT INTO customer (id, name) SELECT i, 'c' || i FROM n");

    /// <summary>A started migration: one of any number of instances.</summary>
    public async Task<Migration> StartAsync(Action<MigrationOptions>? configure = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        Migration migration = new MigrationBuilder("shop")
            .UseTimeProvider(time ?? TimeProvider.System).UseLoggerFactory(loggers ?? NullLoggerFactory.Instance)
            .FromSqlite(ConnectionString(Side.Source)).ToSqlite(ConnectionString(Side.Target))
            .AddEntity<Purchase>().AddEntity<Customer>()
            .Configure(options =>
            {
                options.RunBackgroundWork = false;
                options.PollInterval = TimeSpan.FromSeconds(30);
                options.Fleet.Expiry = TimeSpan.FromHours(1);
                options.Gate.MinimumTimeInStage = TimeSpan.Zero;
                options.Repair.IntentDelay = TimeSpan.Zero;
                options.Validation.SuspectDelay = TimeSpan.Zero;
                options.Validation.SuspectRounds = 2;
                options.Backfill.Workers = 1;
                configure?.Invoke(options);
            })
            .Build();
        _migrations.Add(migration);
        await migration.StartAsync();
        return migration;
    }

    /// <summary>A started migration, taken to a stage.</summary>
    public async Task<Migration> StartAsync(Stage stage, Action<MigrationOptions>? configure = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        Migration migration = await StartAsync(configure, time, loggers);
        while (migration.Stage < stage)
        {
            await migration.SwitchAsync(migration.Stage + 1, Forced);
        }

        return migration;
    }

    /// <summary>Backfills to the end.</summary>
    public static async Task<BackfillReport> BackfillAsync(Migration migration)
    {
        await migration.Backfill.StartAsync();
        return await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Validates to the end.</summary>
    public static async Task<ValidationReport> ValidateAsync(Migration migration)
    {
        await migration.Validation.StartFullAsync();
        return await migration.Validation.WaitFullAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Repairs the keys of every event that can be taken now.</summary>
    public static async Task FixAsync(Migration migration)
    {
        while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
        {
        }
    }

    /// <summary>Clears and repairs intents until none is open.</summary>
    public static async Task SettleAsync(Migration migration)
    {
        await migration.Clearer.FlushAsync(default);
        for (int round = 0; round < 100 && await migration.IntentRepair.RunOnceAsync(TimeSpan.Zero, default) > 0; round++)
        {
        }
    }

    /// <summary>Holds a side so that no one can write there until the hold is disposed.</summary>
    public IAsyncDisposable Hold(Side side)
    {
        SqliteConnection connection = new(ConnectionString(side) + ";Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Takes a side out of reach until the result is disposed.</summary>
    public IDisposable TakeAway(Side side)
    {
        string file = Path.Combine(_folder, side + ".db");
        SqliteConnection.ClearAllPools();
        foreach (string each in Directory.GetFiles(_folder, side + ".db*"))
        {
            File.Move(each, each.Replace(side + ".db", side + ".away", StringComparison.Ordinal));
        }

        Directory.CreateDirectory(file);
        return new Restoration(() =>
        {
            Directory.Delete(file);
            foreach (string each in Directory.GetFiles(_folder, side + ".away*"))
            {
                File.Move(each, each.Replace(side + ".away", side + ".db", StringComparison.Ordinal));
            }
        });
    }

    public void Run(Side side, string sql)
    {
        using SqliteConnection connection = new(ConnectionString(side) + ";Foreign Keys=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Every row as text, columns joined by <c>|</c>.</summary>
    public List<string> Rows(Side side, string sql)
    {
        using SqliteConnection connection = new(ConnectionString(side));
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "null" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public long Count(Side side, string what) => long.Parse(Rows(side, "SELECT COUNT(*) FROM " + what)[0], CultureInfo.InvariantCulture);

    public List<string> Customers(Side side) => Rows(side, "SELECT id, name, email FROM customer ORDER BY id");

    public void AssertEqual()
    {
        Assert.Equal(Customers(Side.Source), Customers(Side.Target));
        Assert.Equal(Rows(Side.Source, "SELECT id, customer_id FROM purchase ORDER BY id"), Rows(Side.Target, "SELECT id, buyer_id FROM purchase ORDER BY id"));
    }

    /// <summary>What time does to the claims of a worker that gives no sign of life.</summary>
    public void ExpireClaims() => Run(Side.Target, "UPDATE dbmove_progress SET claimed_until = 0");

    public async ValueTask DisposeAsync()
    {
        foreach (Migration migration in _migrations)
        {
            await migration.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionString(Side side) => $"Data Source={Path.Combine(_folder, side + ".db")}";

    private sealed class Restoration(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
