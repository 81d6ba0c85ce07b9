using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Sqlite.Tests.Entities;
using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite.Tests;

/// <summary>A SQLite file of one test, with the control tables, seen through the dialect and through a plain connection.</summary>
internal sealed class TestFile : IAsyncDisposable
{
    public const string Migration = "test-migration";
    public const long Epoch = 7;
    public static readonly WriteGuard Dual = new(Epoch, Stage.SourceFirst);
    public static readonly WriteGuard Single = new(Epoch, Stage.SourceOnly);
    public static readonly ControlNames Control = new(Migration);
    private readonly string _folder = Directory.CreateTempSubdirectory("dbmove-sqlite-").FullName;

    private TestFile()
    {
        Path = System.IO.Path.Combine(_folder, "test.db");
        Plain = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, DefaultTimeout = 1 }.ToString());
        Plain.Open();
        Database = new SqliteDatabase(Side.Source, SqliteLocation.Parse(Path));
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Path { get; }

    public SqliteConnection Plain { get; }

    public SqliteDatabase Database { get; }

    public static async Task<TestFile> CreateAsync(params string[] definitions)
    {
        TestFile file = new();
        foreach (string definition in definitions)
        {
            file.Run(definition);
        }

        file.Run($"""
            CREATE TABLE dbmove_migration (name TEXT NOT NULL, side TEXT NOT NULL, epoch INTEGER NOT NULL, stage TEXT NOT NULL, prepared INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (name, side));
            CREATE TABLE dbmove_intent (id {file.Database.Syntax.GrowingKeyDefinition}, migration TEXT NOT NULL, entity TEXT NOT NULL, key TEXT NOT NULL,
                operation TEXT NOT NULL, epoch INTEGER NOT NULL, created_at INTEGER NOT NULL);
            INSERT INTO dbmove_migration (name, side, epoch, stage) VALUES ('{Migration}', 'source', {Epoch}, 'src_first');
            """);
        file.Database.Attach(Control);
        await using SideSession session = await file.Database.OpenAsync(SessionUse.Write, Token);
        await file.Database.PrepareAsync(session, Token);
        return file;
    }

    public void Run(string sql)
    {
        using SqliteCommand command = Plain.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Ask(string sql)
    {
        using SqliteCommand command = Plain.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>All rows of a query, each as its values joined by a bar.</summary>
    public List<string> Rows(string sql)
    {
        using SqliteCommand command = Plain.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? "null" : reader.GetString(index))));
        }

        return rows;
    }

    public async Task<SideSession> ReadAsync() => await Database.OpenAsync(SessionUse.Read, Token);

    public async Task<SideSession> WriteAsync()
    {
        SideSession session = await Database.OpenAsync(SessionUse.Write, Token);
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        return session;
    }

    public async Task<TableSchema> DescribeAsync(string table)
    {
        await using SideSession session = await ReadAsync();
        return await Database.DescribeAsync(session, new TableName(null, table), Token) ?? throw new InvalidOperationException($"No table {table}.");
    }

    public Task<IEntityStore<Account, long>> AccountsAsync() => StoreAsync<Account, long, AccountMap>();

    public Task<IEntityStore<Line, LineKey>> LinesAsync() => StoreAsync<Line, LineKey, LineMap>();

    public async Task<IEntityStore<TEntity, TKey>> StoreAsync<TEntity, TKey, TMap>(long granularity = 1)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        Database.CreateStore<TEntity, TKey, TMap>(new StoreDefinition
        {
            Entity = TMap.Descriptor,
            Side = Side.Source,
            Table = await DescribeAsync(TMap.Descriptor.Source.Name),
            Control = Control,
            TimeGranularity = [.. TMap.Descriptor.Columns.Select(_ => granularity)],
        });

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Plain.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
