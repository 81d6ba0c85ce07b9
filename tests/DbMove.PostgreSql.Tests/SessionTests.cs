using System.Data;
using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class SessionTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_with_begin_fence_and_key_locks_is_one_round_trip_and_its_commit_another()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        await using PostgreSqlRelay counter = new(test.ConnectionString);
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(ConnectionDefaults.Apply(counter.ConnectionString)), ownsDataSource: true);
        database.Attach(TestDatabase.Control);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        for (int round = 0; round < 4; round++)
        {
            await using SideSession session = await database.OpenAsync(SessionUse.Write, Token);
            counter.Take();
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
            await session.LockKeysAsync([1, 5], Token);
            Assert.Equal(0, counter.Take());
            await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = $"a{round}" }, new Account { Name = $"b{round}" }], Token);
            Assert.Equal(1, counter.Take());
            await store.UpsertImagesAsync(session, [.. Enumerable.Range(100, 50).Select(id => new Account { Id = id, Name = $"c{id}" })], Token);
            Assert.Equal(1, counter.Take());
            await session.CommitAsync(Token);
            Assert.Equal(1, counter.Take());
        }
    }

    [Fact]
    public async Task An_error_dooms_the_transaction_until_it_is_rolled_back()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name) VALUES ('taken');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.BeginAsync();
        await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "before" }], Token);
        await Assert.ThrowsAnyAsync<Exception>(() => store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "taken" }], Token));

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "after" }], Token));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => session.ExecuteAsync("SELECT 1", default, Token));
        InvalidOperationException failure = await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await session.CommitAsync(Token));
        Assert.NotEqual(FailureKind.UnknownOutcome, test.Database.ClassifyCommit(failure));

        await session.RollbackAsync();
        Assert.False(session.InTransaction);
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "again" }], Token);
        await session.CommitAsync(Token);
        Assert.Equal(["again", "taken"], await test.RowsAsync("SELECT name FROM account ORDER BY name"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_bound_dooms_the_transaction_too()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.BeginAsync();
        await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "before" }], Token);
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "half \ud800" }], Token));

        Assert.Equal(FailureKind.Data, test.Database.Classify(failure));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await session.CommitAsync(Token));
    }

    [Fact]
    public async Task A_session_that_is_disposed_leaves_no_transaction_and_its_connection_is_used_again()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        long first;
        await using (SideSession session = await test.BeginAsync())
        {
            await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "lost" }], Token);
            first = await BackendAsync(session);
        }

        await using (SideSession session = await test.BeginAsync())
        {
            Assert.Equal(first, await BackendAsync(session));
            await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "kept" }], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["kept"], await test.RowsAsync("SELECT name FROM account"));
    }

    [Fact]
    public async Task Time_outs_and_durable_commit_are_set_for_the_transaction_only()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$;");
        const string Settings = "SELECT concat_ws('|', current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'), "
            + "current_setting('synchronous_commit'), current_setting('transaction_isolation'))";
        TransactionStart start = new()
        {
            LockTimeout = TimeSpan.FromMilliseconds(1234),
            IdleTimeout = TimeSpan.FromSeconds(56),
            Isolation = IsolationLevel.Serializable,
        };

        // The pool's other connections were opened before the setting: those of this data source are not.
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(test.ConnectionString), ownsDataSource: true);
        await using SideSession session = await database.OpenAsync(SessionUse.Write, Token);
        await session.BeginAsync(start, Token);
        Assert.Equal(["1234ms|56s|on|serializable"], await TextsAsync(session, Settings));
        await session.CommitAsync(Token);
        Assert.Equal(["0|0|off|read committed"], await TextsAsync(session, Settings));
    }

    [Theory]
    [InlineData("on", "off", "on")]
    [InlineData("remote_write", "local", "on")]
    [InlineData("remote_apply", "off", "remote_apply")]
    public async Task A_commit_stays_durable_when_the_servers_setting_is_weakened_later(string first, string later, string expected)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Setting(first));
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(test.ConnectionString), ownsDataSource: true);
        await using SideSession before = await database.OpenAsync(SessionUse.Write, Token);
        await test.RunAsync(Setting(later));

        // The first session keeps its connection, so this one is new and has the later setting.
        await using SideSession after = await database.OpenAsync(SessionUse.Write, Token);
        Assert.Equal([later], await TextsAsync(after, "SHOW synchronous_commit"));
        foreach (SideSession session in (SideSession[])[before, after])
        {
            await session.BeginAsync(new TransactionStart(), Token);
            Assert.Equal([expected], await TextsAsync(session, "SHOW synchronous_commit"));
            await session.RollbackAsync();
        }

        static string Setting(string value) =>
            $"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = {value}', current_database()); END $$;";
    }

    [Fact]
    public async Task A_lock_that_does_not_come_in_time_is_a_matter_of_availability()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        await using SideSession holder = await test.BeginAsync(FenceMode.Exclusive);
        await holder.FlushAsync(Token);
        await using SideSession waiter = await test.BeginAsync(start: new TransactionStart { LockTimeout = TimeSpan.FromMilliseconds(1) });

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () => await waiter.FlushAsync(Token));
        Assert.Equal(FailureKind.Availability, test.Database.Classify(failure));
    }

    [Fact]
    public async Task A_commit_that_breaks_a_deferred_constraint_was_certainly_not_committed()
    {
        const string Tables = "CREATE TABLE parent (id bigint PRIMARY KEY); "
            + "CREATE TABLE child (id bigint PRIMARY KEY, parent bigint REFERENCES parent DEFERRABLE INITIALLY DEFERRED);";
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Tables);
        await using SideSession session = await test.BeginAsync();
        await session.ExecuteAsync("INSERT INTO child VALUES (1, 2)", default, Token);
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () => await session.CommitAsync(Token));
        Assert.Equal(FailureKind.ForeignKey, test.Database.ClassifyCommit(failure));

        await session.RollbackAsync();
        await session.BeginAsync(new TransactionStart(), Token);
        await session.ExecuteAsync("INSERT INTO child VALUES (1, 2)", default, Token);
        failure = await Assert.ThrowsAnyAsync<Exception>(() => session.CheckDeferredConstraintsAsync(Token));
        Assert.Equal(FailureKind.ForeignKey, test.Database.Classify(failure));
    }

    [Fact]
    public async Task Arguments_and_lists_reach_control_statements()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        SqlSyntax syntax = test.Database.Syntax;
        await using SideSession session = await test.OpenAsync();
        SqlArgument[] arguments = [new("ids", "[3,-4]"), new("texts", "[\"a\\\"b\",\"ü\"]"), new("n", 5), new("big", long.MaxValue), new("yes", true), new("nothing", null)];
        List<string> found = await session.QueryAsync(
            $"SELECT concat_ws('|', -4 IN ({syntax.Int64sFromJson("@ids")}), 4 IN ({syntax.Int64sFromJson("@ids")}), 'a\"b' IN ({syntax.TextsFromJson("@texts")}), "
            + "@n + 1, @big, @yes, @nothing IS NULL)",
            arguments,
            static row => row.GetString(0),
            Token);
        Assert.Equal(["t|f|t|6|9223372036854775807|t|t"], found);
        await Assert.ThrowsAsync<ArgumentException>(() => session.ExecuteAsync("SELECT @a", new SqlArgument[] { new("a", 1.5) }, Token));

        await session.ExecuteAsync($"CREATE TABLE {syntax.Quote("odd \" name")} (id {syntax.GrowingKeyDefinition}, note {syntax.TextType})", default, Token);
        int written = await session.ExecuteAsync("INSERT INTO \"odd \"\" name\" (note) VALUES (@a), (@b)", new SqlArgument[] { new("a", "x"), new("b", null) }, Token);
        Assert.Equal(2, written);
    }

    private static Task<List<string>> TextsAsync(SideSession session, string sql) => session.QueryAsync(sql, default, static row => row.GetString(0), Token);

    private static async Task<long> BackendAsync(SideSession session) =>
        Assert.Single(await session.QueryAsync("SELECT pg_backend_pid()::bigint", default, static row => row.GetInt64(0), Token));
}
