using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.PostgreSql.Tests;

/// <summary>A database of one test, with the control tables, seen through the dialect and through plain connections.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public const string Migration = "test-migration";
    public const long Epoch = 7;
    public static readonly WriteGuard Dual = new(Epoch, Stage.SourceFirst);
    public static readonly WriteGuard Single = new(Epoch, Stage.SourceOnly);
    public static readonly WriteGuard Unguarded = new(0, Stage.Initial);
    public static readonly ControlNames Control = new(Migration);

    private TestDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Plain = NpgsqlDataSource.Create(connectionString);
        Database = new PostgreSqlDatabase(Side.Source, ConnectionDefaults.CreateDataSource(ConnectionDefaults.Apply(connectionString)), ownsDataSource: true);
        Database.Attach(Control);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string ConnectionString { get; }

    public NpgsqlDataSource Plain { get; }

    public PostgreSqlDatabase Database { get; }

    public static async Task<TestDatabase> CreateAsync(PostgreSqlServer server, params string[] definitions)
    {
        TestDatabase database = new(await server.CreateDatabaseAsync());
        SqlSyntax syntax = database.Database.Syntax;
        await database.RunAsync($"""
            CREATE TABLE dbmove_migration (name {syntax.TextType} NOT NULL, side {syntax.TextType} NOT NULL, epoch {syntax.Int64Type} NOT NULL,
                stage {syntax.TextType} NOT NULL, prepared {syntax.Int64Type} NOT NULL DEFAULT 0, PRIMARY KEY (name, side));
            CREATE TABLE dbmove_intent (id {syntax.GrowingKeyDefinition}, migration {syntax.TextType} NOT NULL, entity {syntax.TextType} NOT NULL,
                key {syntax.TextType} NOT NULL, operation {syntax.TextType} NOT NULL, epoch {syntax.Int64Type} NOT NULL, created_at {syntax.Int64Type} NOT NULL);
            CREATE TABLE {syntax.Quote(Control.Fence(Side.Source))} (dummy {syntax.Int64Type});
            INSERT INTO dbmove_migration (name, side, epoch, stage) VALUES ('{Migration}', 'source', {Epoch}, 'src_first');
            {string.Join('\n', definitions)}
            """);
        return database;
    }

    public async Task RunAsync(string sql)
    {
        await using NpgsqlCommand command = Plain.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>All rows of a query, each as its values joined by a bar.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using NpgsqlCommand command = Plain.CreateCommand($"SELECT to_json(r)::text FROM ({sql}) AS r");
        command.CommandText = $"SELECT (SELECT string_agg(coalesce(value, 'null'), '|') FROM json_each_text(to_json(r))) FROM ({sql}) AS r";
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(Token);
        List<string> rows = [];
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public async Task<string> AskAsync(string sql) => Assert.Single(await RowsAsync(sql));

    public async Task<SideSession> OpenAsync() => await Database.OpenAsync(SessionUse.Write, Token);

    public async Task<SideSession> BeginAsync(FenceMode fence = FenceMode.Shared, TransactionStart? start = null)
    {
        SideSession session = await OpenAsync();
        await session.BeginAsync((start ?? new TransactionStart()) with { Fence = fence }, Token);
        return session;
    }

    public async Task<TableSchema> DescribeAsync(string table)
    {
        await using SideSession session = await OpenAsync();
        return await Database.DescribeAsync(session, new TableName(null, table), Token) ?? throw new InvalidOperationException($"No table {table}.");
    }

    public Task<IEntityStore<Account, long>> AccountsAsync() => StoreAsync<Account, long, AccountMap>();

    public Task<IEntityStore<Line, LineKey>> LinesAsync() => StoreAsync<Line, LineKey, LineMap>();

    public async Task<IEntityStore<TEntity, TKey>> StoreAsync<TEntity, TKey, TMap>()
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        TableSchema table = await DescribeAsync(TMap.Descriptor.Source.Name);
        return Database.CreateStore<TEntity, TKey, TMap>(new StoreDefinition
        {
            Entity = TMap.Descriptor,
            Side = Side.Source,
            Table = table,
            Control = Control,
            TimeGranularity = [.. TMap.Descriptor.Columns.Select(column => table.FindColumn(column.SourceName)!.TimeGranularity)],
        });
    }

    /// <summary>
    /// Waits until the server shows that some session of this database waits for a lock: the barrier of every race here.
    /// Fails when the task that should wait is done instead.
    /// </summary>
    public async Task WaitForWaiterAsync(string lockType, Task waiter)
    {
        while (await AskAsync($"SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = '{lockType}' AND (database = 0 OR database IS NULL OR database = (SELECT oid FROM pg_database WHERE datname = current_database()))") == "0")
        {
            Assert.False(waiter.IsCompleted, $"Nothing waits for a lock of type {lockType}.");
            Token.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Plain.DisposeAsync();
    }
}
