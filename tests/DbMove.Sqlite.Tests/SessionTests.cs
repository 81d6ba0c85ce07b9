using DbMove.Dialects;
using DbMove.Sqlite.Tests.Entities;
using Microsoft.Data.Sqlite;

namespace DbMove.Sqlite.Tests;

public sealed class SessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_writer_waits_until_the_first_has_committed()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        await using SideSession first = await file.WriteAsync();
        await using SideSession second = await file.Database.OpenAsync(SessionUse.Write, Token);
        Task begun = second.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive }, Token).AsTask();

        // Nothing but the commit below can let the second in.
        Assert.False(begun.IsCompleted);
        await first.ExecuteAsync("INSERT INTO account (name, balance) VALUES ('a', '1.0')", default, Token);
        Assert.False(begun.IsCompleted);
        await first.CommitAsync(Token);
        await begun;

        List<long> seen = await second.QueryAsync("SELECT count(*) FROM account", default, static row => row.GetInt64(0), Token);
        Assert.Equal([1L], seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_that_stays_taken_is_an_availability_failure_that_leaves_the_gate_open(bool inThisProcess)
    {
        await using TestFile file = await TestFile.CreateAsync();
        SideSession? holder = inThisProcess ? await file.WriteAsync() : null;
        if (holder is null)
        {
            file.Run("BEGIN IMMEDIATE");
        }

        await using SideSession waiting = await file.Database.OpenAsync(SessionUse.Write, Token);
        SqliteLockTimeoutException failure = await Assert.ThrowsAsync<SqliteLockTimeoutException>(
            () => waiting.BeginAsync(new TransactionStart { LockTimeout = TimeSpan.FromMilliseconds(20) }, Token).AsTask());

        Assert.Equal(inThisProcess, failure.IsHeldInThisProcess);
        Assert.Equal(FailureKind.Availability, file.Database.Classify(failure));
        Assert.False(waiting.InTransaction);
        if (holder is null)
        {
            file.Run("ROLLBACK");
        }
        else
        {
            await holder.DisposeAsync();
        }

        await waiting.BeginAsync(new TransactionStart { LockTimeout = TimeSpan.FromSeconds(10) }, Token);
        await waiting.CommitAsync(Token);
    }

    [Fact]
    public async Task A_cancelled_wait_gives_up_its_place()
    {
        await using TestFile file = await TestFile.CreateAsync();
        SideSession holder = await file.WriteAsync();
        await using SideSession waiting = await file.Database.OpenAsync(SessionUse.Write, Token);
        using CancellationTokenSource cancellation = new();
        Task begun = waiting.BeginAsync(new TransactionStart(), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun);
        await holder.DisposeAsync();

        await using SideSession next = await file.WriteAsync();
        Assert.True(next.InTransaction);
    }

    [Fact]
    public async Task P46_After_an_error_the_session_runs_nothing_more_until_it_is_rolled_back()
    {
        await using TestFile file = await TestFile.CreateAsync(
            Account.Definition, "CREATE TRIGGER account_stop BEFORE INSERT ON account WHEN new.name = 'stop' BEGIN SELECT RAISE(ROLLBACK, 'stopped'); END");
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "first" }], Token);
            await Assert.ThrowsAsync<SqliteException>(() => store.InsertAsync(session, TestFile.Dual, [new Account { Name = "stop" }], Token));

            // SQLite has ended the transaction: the next statements would commit by themselves.
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.InsertAsync(session, TestFile.Dual, [new Account { Name = "after" }], Token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => session.ExecuteAsync("INSERT INTO account (name, balance) VALUES ('after', '1.0')", default, Token));
            InvalidOperationException commit = await Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync(Token).AsTask());
            Assert.NotEqual(FailureKind.UnknownOutcome, file.Database.ClassifyCommit(commit));
            await session.RollbackAsync();
            Assert.Equal(0L, file.Ask("SELECT (SELECT count(*) FROM account) + (SELECT count(*) FROM dbmove_intent)"));

            await session.BeginAsync(new TransactionStart(), Token);
            await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "again" }], Token);
            await session.CommitAsync(Token);
        }

        Assert.Equal(["again"], file.Rows("SELECT name FROM account"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_bound_dooms_the_transaction_too()
    {
        await using TestFile file = await TestFile.CreateAsync(Everything.Definition);
        IEntityStore<Everything, Guid> store = await file.StoreAsync<Everything, Guid, EverythingMap>();
        await using SideSession session = await file.WriteAsync();
        Everything good = new() { Id = Guid.NewGuid() };
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => store.InsertAsync(session, TestFile.Dual, [good, new Everything { Id = Guid.NewGuid(), Double = double.NaN }], Token));

        Assert.Equal(FailureKind.Data, file.Database.Classify(failure));
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync(Token).AsTask());
        await session.RollbackAsync();
        Assert.Equal(0L, file.Ask("SELECT count(*) FROM everything"));
    }

    [Fact]
    public async Task Readers_see_the_last_commit_while_a_writer_has_the_lock()
    {
        await using TestFile file = await TestFile.CreateAsync(Line.Definition, "INSERT INTO line VALUES ('de', 1, 10)");
        IEntityStore<Line, LineKey> store = await file.LinesAsync();
        await using SideSession writer = await file.WriteAsync();
        await store.UpdateAsync(writer, TestFile.Dual, [new Line { Region = "de", Number = 1, Amount = 99 }], Token);
        await using SideSession reader = await file.ReadAsync();

        List<Line> rows = await store.FindAsync(reader, [new LineKey("de", 1)], RowLock.None, Token);

        Assert.Equal(10, Assert.Single(rows).Amount);
    }

    [Fact]
    public async Task A_session_that_is_dropped_in_a_transaction_goes_back_clean()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        IEntityStore<Account, long> store = await file.AccountsAsync();
        await using (SideSession session = await file.WriteAsync())
        {
            await store.InsertAsync(session, TestFile.Dual, [new Account { Name = "lost" }], Token);
        }

        await using SideSession next = await file.Database.OpenAsync(SessionUse.Write, Token);
        Assert.False(next.InTransaction);
        await next.BeginAsync(new TransactionStart(), Token);
        await next.CommitAsync(Token);
        Assert.Equal(0L, file.Ask("SELECT count(*) FROM account"));

        // The log can be emptied only when no pooled connection reads.
        Assert.Equal("0", file.Rows("PRAGMA wal_checkpoint(TRUNCATE)")[0].Split('|')[0]);
    }

    [Fact]
    public async Task A_reader_cannot_write_and_takes_no_fence()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        await using SideSession reader = await file.ReadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token).AsTask());
        SqliteException failure = await Assert.ThrowsAsync<SqliteException>(() => reader.ExecuteAsync("DELETE FROM account", default, Token));
        Assert.Equal(FailureKind.Bug, file.Database.Classify(failure));
    }

    [Fact]
    public async Task A_write_outside_a_transaction_waits_for_the_gate_and_commits_by_itself()
    {
        await using TestFile file = await TestFile.CreateAsync(Account.Definition);
        SideSession holder = await file.WriteAsync();
        await using SideSession other = await file.Database.OpenAsync(SessionUse.Write, Token);
        Task<int> write = other.ExecuteAsync("INSERT INTO account (name, balance) VALUES (@name, '1.0')", new SqlArgument[] { new("name", "alone") }, Token);
        Assert.False(write.IsCompleted);
        await holder.DisposeAsync();

        Assert.Equal(1, await write);
        Assert.False(other.InTransaction);
        Assert.Equal(["alone"], file.Rows("SELECT name FROM account"));
    }

    [Fact]
    public async Task A_kept_command_takes_new_arguments_also_null_and_of_another_type()
    {
        await using TestFile file = await TestFile.CreateAsync();
        await using SideSession session = await file.ReadAsync();
        object?[] values = ["text", null, 5L, true, 3];
        foreach (object? value in values)
        {
            List<string> types = await session.QueryAsync("SELECT typeof(@value)", new SqlArgument[] { new("value", value) }, static row => row.GetString(0), Token);
            Assert.Equal(value switch { null => "null", string => "text", _ => "integer" }, types[0]);
        }
    }

    [Fact]
    public async Task Json_arrays_bind_as_sets()
    {
        await using TestFile file = await TestFile.CreateAsync();
        await using SideSession session = await file.ReadAsync();
        SqlArgument[] arguments = [new("ids", "[3,9007199254740993]"), new("texts", """["[\"1\"]","b"]""")];
        List<long> found = await session.QueryAsync(
            $"SELECT (9007199254740993 IN ({file.Database.Syntax.Int64sFromJson("@ids")})) + 2 * ('[\"1\"]' IN ({file.Database.Syntax.TextsFromJson("@texts")})) + 4 * (9007199254740992 IN ({file.Database.Syntax.Int64sFromJson("@ids")}))",
            arguments, static row => row.GetInt64(0), Token);
        Assert.Equal([3L], found);
    }

    [Fact]
    public async Task Commits_are_durable_foreign_keys_hold_and_the_log_is_on()
    {
        await using TestFile file = await TestFile.CreateAsync();
        await using SideSession session = await file.Database.OpenAsync(SessionUse.Write, Token);
        Assert.Equal([2L], await session.QueryAsync("PRAGMA synchronous", default, static row => row.GetInt64(0), Token));
        Assert.Equal([1L], await session.QueryAsync("PRAGMA foreign_keys", default, static row => row.GetInt64(0), Token));
        // A connection learns of the new mode when it next reads the file.
        Assert.Equal(1L, file.Ask("SELECT count(*) FROM dbmove_migration"));
        Assert.Equal("wal", file.Ask("PRAGMA journal_mode"));
        await file.Database.PrepareAsync(session, Token);
    }
}
