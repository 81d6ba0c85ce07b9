using DbMove.Dialects;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;
using Npgsql;

namespace DbMove.PostgreSql.Tests;

public sealed class FailureTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Points => ["before the first statement", "between statements", "before the commit"];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_connection_ended_by_the_server_is_told_right_and_the_pool_recovers(string point)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using (SideSession session = await test.OpenAsync())
        {
            long backend = Assert.Single(await session.QueryAsync("SELECT pg_backend_pid()::bigint", default, static row => row.GetInt64(0), Token));
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
            if (point != "before the first statement")
            {
                await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "lost" }], Token);
            }

            await KillAsync(test, backend);
            if (point == "before the commit")
            {
                Exception lost = await Assert.ThrowsAnyAsync<Exception>(async () => await session.CommitAsync(Token));
                Assert.Equal(FailureKind.UnknownOutcome, test.Database.ClassifyCommit(lost));
            }
            else
            {
                Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "lost" }], Token));
                Assert.Equal(FailureKind.Availability, test.Database.Classify(failure));
                await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await session.CommitAsync(Token));
            }

            // The same session goes on with another connection.
            await session.RollbackAsync();
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
            await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "kept" }], Token);
            await session.CommitAsync(Token);
        }

        await using (SideSession session = await test.BeginAsync())
        {
            await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "also kept" }], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["also kept", "kept"], await test.RowsAsync("SELECT name FROM account ORDER BY name"));
    }

    [Fact]
    public async Task A_session_that_the_server_ended_for_idling_before_the_commit_was_certainly_not_committed()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession session = await test.OpenAsync();
        long backend = Assert.Single(await session.QueryAsync("SELECT pg_backend_pid()::bigint", default, static row => row.GetInt64(0), Token));
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, IdleTimeout = TimeSpan.FromMilliseconds(1) }, Token);
        await store.InsertAsync(session, TestDatabase.Dual, [new Account { Name = "lost" }], Token);
        while (await test.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE pid = {backend}") != "0")
        {
            Token.ThrowIfCancellationRequested();
        }

        Exception ended = await Assert.ThrowsAnyAsync<Exception>(async () => await session.CommitAsync(Token));
        Assert.Equal("25P03", Assert.IsType<PostgresException>(ended).SqlState);
        Assert.Equal(FailureKind.Availability, test.Database.ClassifyCommit(ended));
        Assert.Empty(await test.RowsAsync("SELECT name FROM account"));
    }

    [Fact]
    public async Task A_connection_ended_while_a_statement_waits_is_a_matter_of_availability()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        await using SideSession holder = await test.BeginAsync(FenceMode.Exclusive);
        await holder.FlushAsync(Token);
        await using SideSession waiter = await test.OpenAsync();
        long backend = Assert.Single(await waiter.QueryAsync("SELECT pg_backend_pid()::bigint", default, static row => row.GetInt64(0), Token));
        await waiter.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token);
        Task waiting = waiter.FlushAsync(Token).AsTask();
        await test.WaitForWaiterAsync("relation", waiting);
        await test.RunAsync($"SELECT pg_terminate_backend({backend})");

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        Assert.Equal(FailureKind.Availability, test.Database.Classify(failure));
    }

    [Fact]
    public async Task A_cancelled_token_is_not_the_databases_failure_and_dooms_the_transaction()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        await using SideSession holder = await test.BeginAsync(FenceMode.Exclusive);
        await holder.FlushAsync(Token);
        await using SideSession waiter = await test.BeginAsync();
        using CancellationTokenSource cancel = new();
        Task waiting = waiter.FlushAsync(cancel.Token).AsTask();
        await test.WaitForWaiterAsync("relation", waiting);
        await cancel.CancelAsync();

        OperationCanceledException failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Null(test.Database.Classify(failure));
        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await waiter.CommitAsync(Token));
    }

    [Fact]
    public async Task A_deadlock_is_transient()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name) VALUES ('a'), ('b');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession one = await test.BeginAsync();
        await using SideSession two = await test.BeginAsync();
        await store.FindAsync(one, [1], RowLock.Update, Token);
        await store.FindAsync(two, [2], RowLock.Update, Token);
        Task<List<Account>> first = store.FindAsync(one, [2], RowLock.Update, Token);
        await test.WaitForWaiterAsync("transactionid", first);
        Task<List<Account>> second = store.FindAsync(two, [1], RowLock.Update, Token);

        // The server picks the victim and frees its locks at once, so the other one may well be done first.
        Exception?[] failures = await Task.WhenAll(Record.ExceptionAsync(() => first).AsTask(), Record.ExceptionAsync(() => second).AsTask());
        Exception failure = Assert.Single(failures.OfType<Exception>());
        Assert.Equal(FailureKind.Transient, test.Database.Classify(failure));
        Assert.Single(await (first.IsFaulted ? second : first));
    }

    [Fact]
    public async Task A_serialization_failure_at_the_commit_was_certainly_not_committed()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "INSERT INTO account (name) VALUES ('a');");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        TransactionStart start = new() { Isolation = System.Data.IsolationLevel.RepeatableRead };
        await using SideSession one = await test.BeginAsync(start: start);
        await store.FindAsync(one, [1], RowLock.None, Token);
        await test.RunAsync("UPDATE account SET number = 1");
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => store.UpdateAsync(one, TestDatabase.Dual, [new Account { Id = 1, Name = "b" }], Token));
        Assert.Equal(FailureKind.Transient, test.Database.Classify(failure));
    }

    [Theory]
    [InlineData("INSERT INTO child VALUES (1, 5, 1)", FailureKind.ForeignKey)]
    [InlineData("INSERT INTO child VALUES (1, NULL, -1)", FailureKind.Data)]
    [InlineData("INSERT INTO child VALUES (NULL, NULL, 1)", FailureKind.Data)]
    [InlineData("INSERT INTO child VALUES (99999999999999999999, NULL, 1)", FailureKind.Data)]
    [InlineData("INSERT INTO child VALUES (1, NULL, 1), (1, NULL, 1)", FailureKind.UniqueClash)]
    [InlineData("SELECT 1/0", FailureKind.Data)]
    [InlineData("SELECT * FROM nowhere", FailureKind.Bug)]
    [InlineData("SELEC", FailureKind.Bug)]
    [InlineData("DO $$ BEGIN RAISE EXCEPTION 'no'; END $$", FailureKind.Data)]
    [InlineData("DO $$ BEGIN SET TRANSACTION READ ONLY; DELETE FROM child; END $$", FailureKind.Availability)]
    public async Task A_servers_error_is_classified(string sql, FailureKind kind)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(
            server, "CREATE TABLE child (id bigint PRIMARY KEY, parent bigint REFERENCES child, n integer CHECK (n > 0));");
        await using SideSession session = await test.BeginAsync();
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => session.ExecuteAsync(sql, default, Token));
        Assert.Equal(kind, test.Database.Classify(failure));
    }

    [Fact]
    public async Task A_server_out_of_reach_and_a_wrong_login_are_told_apart_without_the_password()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        NpgsqlConnectionStringBuilder builder = new(test.ConnectionString) { Password = "s3cret", Username = "nobody" };
        await AssertOpenFailsAsync(builder.ConnectionString, FailureKind.Bug);
        builder.Database = "no_such_database";
        builder.Username = "postgres";
        await AssertOpenFailsAsync(builder.ConnectionString, FailureKind.Bug);
        builder.Port = 1;
        await AssertOpenFailsAsync(builder.ConnectionString, FailureKind.Availability);
        builder.Host = "name.invalid";
        await AssertOpenFailsAsync(builder.ConnectionString, FailureKind.Availability);
    }

    [Fact]
    public void Other_exceptions_are_not_the_databases_and_a_commit_without_an_answer_is_unknown()
    {
        Assert.Null(PostgreSqlFailures.Classify(new OperationCanceledException()));
        Assert.Null(PostgreSqlFailures.Classify(new ArgumentException("a bug of a caller")));
        Assert.Equal(FailureKind.Availability, PostgreSqlFailures.Classify(new NpgsqlException("pool", new TimeoutException())));
        Assert.Equal(FailureKind.UnknownOutcome, PostgreSqlFailures.ClassifyCommit(new NpgsqlException("gone", new IOException())));
        Assert.Equal(FailureKind.UnknownOutcome, PostgreSqlFailures.ClassifyCommit(new OperationCanceledException()));
        Assert.Equal(FailureKind.UnknownOutcome, PostgreSqlFailures.ClassifyCommit(new PostgresException("ended", "FATAL", "FATAL", "57P01")));
        Assert.Equal(FailureKind.UnknownOutcome, PostgreSqlFailures.ClassifyCommit(new PostgresException("unknown", "ERROR", "ERROR", "40003")));
        Assert.Equal(FailureKind.Transient, PostgreSqlFailures.ClassifyCommit(new PostgresException("again", "ERROR", "ERROR", "40001")));
    }

    private static async Task AssertOpenFailsAsync(string connectionString, FailureKind kind)
    {
        await using PostgreSqlDatabase database = new(Side.Source, ConnectionDefaults.CreateDataSource(ConnectionDefaults.Apply(connectionString)), ownsDataSource: true);
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(async () => await database.OpenAsync(SessionUse.Read, Token));
        Assert.Equal(kind, database.Classify(failure));
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", database.DisplayName, StringComparison.Ordinal);
    }

    // Returns when the backend is gone, so that what follows meets a dead connection.
    private static async Task KillAsync(TestDatabase test, long backend)
    {
        await test.RunAsync($"SELECT pg_terminate_backend({backend})");
        while (await test.AskAsync($"SELECT count(*) FROM pg_stat_activity WHERE pid = {backend}") != "0")
        {
            Token.ThrowIfCancellationRequested();
        }
    }
}
