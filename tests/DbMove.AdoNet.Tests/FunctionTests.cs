using System.Data.Common;
using Dapper;
using DbMove.AdoNet.Tests.Setup;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.AdoNet.Tests;

/// <summary>Queries that call functions: the server itself sees to it that none writes past the follower.</summary>
public sealed class FunctionTests(PostgreSqlServer server)
{
    private const string Functions =
        """
        INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2);
        CREATE FUNCTION touch(bigint) RETURNS bigint LANGUAGE sql AS 'UPDATE account SET balance = balance + 10 WHERE id = $1 RETURNING balance';
        CREATE FUNCTION lower(bigint) RETURNS bigint LANGUAGE sql AS 'UPDATE account SET balance = balance - 10 WHERE id = $1 RETURNING balance';
        CREATE FUNCTION held() RETURNS text LANGUAGE sql AS 'SELECT current_setting(''transaction_read_only'')';
        CREATE FUNCTION quiet(bigint) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN touch($1); EXCEPTION WHEN OTHERS THEN RETURN -1; END';
        """;

    public static TheoryData<string> Writing =>
    [
        "SELECT touch(1)",
        "SELECT * FROM touch(1) AS t",
        "SELECT public.touch(id) FROM account",
        "SELECT public . \"touch\" /* quiet */ (1)",
        "SELECT public.lower(1)",
        "SELECT 'x'; SELECT TOUCH(1)",
        "VALUES (touch(1))",
        "WITH x AS MATERIALIZED (SELECT touch(1) AS y) SELECT y FROM x",
        "SELECT owner FROM account WHERE (SELECT touch(id)) > 0",
        "SELECT CASE WHEN id = 2 THEN touch(id) END FROM account ORDER BY id",
        "SELECT count(*) OVER (PARTITION BY touch(id)) FROM account",
        "SELECT query_to_xml('SELECT touch(1)', true, true, '')",
        "SELECT touch(id) FROM account FOR UPDATE",
    ];

    public static TheoryData<string> Lasting =>
    [
        "SELECT set_config('app.customer', 'x', false)",
        "SELECT set_config('search_path', 'archive', true)",
        "SELECT set_config(@name, 'x', true)",
        "SELECT set_config('app.customer', 'x', true AND false)",
        "SELECT SET_CONFIG('app.customer', 'x', @local)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_catalog.\"pg_try_advisory_lock\"(1)",
        "SELECT 1 WHERE pg_advisory_unlock_all() IS NULL",
        "UPDATE account SET owner = set_config('app.customer', owner, false)",
        "WITH x AS (SELECT setseed(0.5)) SELECT random() FROM x",
        "SELECT lo_open(1, 131072)",
        "SELECT dblink_connect('other', '')",
    ];

    [Fact]
    public async Task A_function_that_writes_is_refused_by_the_server_and_nothing_of_it_is_kept()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (Migration migration, DualWriteDataSource source) = await StartAsync(bank);
        await using DbConnection connection = source.OpenConnection();

        foreach (TheoryDataRow<string> row in Writing)
        {
            StatementRefusedException alone = await Assert.ThrowsAsync<StatementRefusedException>(() => connection.QueryAsync(row.Data));
            Assert.True(alone.Refusal == StatementRefusal.UnknownRows, row.Data);
            Assert.Equal("25006", Assert.IsAssignableFrom<DbException>(alone.InnerException).SqlState);
            await using DbTransaction transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("UPDATE account SET owner = 'gone'", transaction: transaction);
            await Assert.ThrowsAsync<StatementRefusedException>(() => connection.QueryAsync(row.Data, transaction: transaction));
            await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync());
            Assert.Equal(["1|a|null|1", "2|b|null|2"], await bank.AccountsAsync(Side.Source));
        }

        Assert.Equal(-1, await connection.ExecuteScalarAsync<long>("SELECT quiet(1)"));
        Assert.Equal(["1|a|null|1", "2|b|null|2"], await bank.AccountsAsync(Side.Source));

        // The connections that were held to reading are the pool's again, and write.
        Assert.Equal(2, await connection.ExecuteAsync("UPDATE account SET balance = 5"));
        await bank.AssertFollowedAsync(migration);
    }

    /// <summary>The naive way: the rest of the transaction stays read-only, or what was written before goes with it.</summary>
    [Fact]
    public async Task A_function_that_only_reads_runs_everywhere_and_the_transaction_goes_on()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (Migration migration, DualWriteDataSource source) = await StartAsync(bank);
        await using DbConnection connection = source.OpenConnection();
        Assert.Equal(["on", "on"], await connection.QueryAsync<string>("SELECT held() FROM account"));
        Assert.Equal(["on", "on"], await connection.QueryUnbufferedAsync<string>("SELECT held() FROM account").ToListAsync());

        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE account SET owner = 'x' WHERE id = 1", transaction: transaction);
        for (int time = 0; time < 2; time++)
        {
            Assert.Equal("on x", await connection.ExecuteScalarAsync<string>("SELECT held() || ' ' || owner FROM account WHERE id = 1", transaction: transaction));
            await connection.ExecuteAsync("UPDATE account SET balance = balance + 1; SELECT held()", transaction: transaction);
        }

        await transaction.CommitAsync();
        await bank.AssertFollowedAsync(migration);
        Assert.Equal(["1|x|null|3", "2|b|null|4"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task What_is_known_or_vouched_for_is_not_held()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (Migration migration, DualWriteDataSource source) = await StartAsync(bank, options => options.ReadOnlyFunctions.Add("public.HELD"));
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal("on", await connection.ExecuteScalarAsync<string>("SELECT held()"));
        Assert.Equal("off", await connection.ExecuteScalarAsync<string>("SELECT public.held()"));
        Assert.Equal("off", await connection.ExecuteScalarAsync<string>("SELECT pg_catalog.current_setting('transaction_read_only') WHERE now() > '2020-01-01' AND coalesce(NULL, lower('A')) IN ('a')"));
        Assert.Equal("off", await connection.ExecuteScalarAsync<string>(
            "WITH n(i) AS (VALUES (1)) SELECT max(current_setting('transaction_read_only')) FILTER (WHERE i > 0) OVER (PARTITION BY (i)) FROM n JOIN (VALUES (1)) AS v(j) ON (i = j) WHERE i::numeric(3, 1) > ALL (SELECT 0)"));
        Assert.True(migration.IsStarted);
    }

    [Fact]
    public async Task Where_it_is_allowed_a_function_writes_with_a_dirty_mark_and_only_then()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (_, DualWriteDataSource source) = await StartAsync(bank, options => options.UnsafeStatements = UnsafeStatements.MarkDirty);
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal("on", await connection.ExecuteScalarAsync<string>("SELECT held()"));
        Assert.Equal(0, await bank.Source.CountAsync("dbmove_dirty"));
        Assert.Equal([11, 12], (await connection.QueryAsync<long>("SELECT touch(id) FROM account")).Order());
        Assert.Equal(["account", "entry"], await bank.Source.RowsAsync("SELECT entity FROM dbmove_dirty ORDER BY entity"));

        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("UPDATE account SET owner = 'x' WHERE id = 1", transaction: transaction);
        Assert.Equal(21, await connection.ExecuteScalarAsync<long>("SELECT touch(1)", transaction: transaction));
        await transaction.CommitAsync();
        Assert.Equal(["1|x|null|21", "2|b|null|12"], await bank.AccountsAsync(Side.Source));
        Assert.Equal(4, await bank.Source.CountAsync("dbmove_dirty"));
    }

    [Fact]
    public async Task A_completed_migration_has_no_follower_that_could_miss_it()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync(Stage.Completed);
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (1, 'a', 1); CREATE FUNCTION touch(bigint) RETURNS bigint LANGUAGE sql AS 'UPDATE account SET amount = amount + 10 WHERE id = $1 RETURNING amount'");
        await using DualWriteDataSource source = migration.CreateDataSource();
        await using DbConnection connection = source.OpenConnection();

        Assert.Equal(11, await connection.ExecuteScalarAsync<long>("SELECT touch(1)"));
        Assert.Equal(["1|a|null|11"], await bank.AccountsAsync(Side.Target));
    }

    [Fact]
    public async Task What_outlives_its_transaction_on_the_connection_is_refused()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        Migration migration = await bank.StartAsync();
        await using DualWriteDataSource source = migration.CreateDataSource(Texts.Options(options => options.UnsafeStatements = UnsafeStatements.MarkDirty));
        await using DbConnection connection = source.OpenConnection();

        foreach (TheoryDataRow<string> row in Lasting)
        {
            object values = new { name = "app.customer", local = true };
            StatementRefusedException refused = await Assert.ThrowsAsync<StatementRefusedException>(() => connection.ExecuteAsync(row.Data, values));
            Assert.True(refused.Refusal == StatementRefusal.ConnectionState, row.Data);
        }
    }

    [Fact]
    public async Task What_ends_with_its_transaction_is_the_callers()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        (_, DualWriteDataSource source) = await StartAsync(bank);
        await using DbConnection connection = source.OpenConnection();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();

        await connection.ExecuteAsync("SELECT set_config('app.customer', @customer, true), pg_advisory_xact_lock(7)", new { customer = "Ada" }, transaction);
        await connection.ExecuteScalarAsync<string>("SELECT held()", transaction: transaction);
        Assert.Equal("Ada", await connection.ExecuteScalarAsync<string>("SELECT current_setting('app.customer')", transaction: transaction));
        Assert.Equal(["1"], await bank.Source.RowsAsync("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
    }

    private static async Task<(Migration Migration, DualWriteDataSource Source)> StartAsync(Bank bank, Action<DualWriteDataSourceOptions>? configure = null)
    {
        await bank.Source.ExecuteAsync(Functions);
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, amount) VALUES (1, 'a', 1), (2, 'b', 2)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        return (migration, migration.CreateDataSource(Texts.Options(configure)));
    }
}
