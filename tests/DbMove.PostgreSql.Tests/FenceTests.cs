using System.Data;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.PostgreSql.Sessions;
using DbMove.PostgreSql.Tests.Entities;
using DbMove.Tests.Servers;

namespace DbMove.PostgreSql.Tests;

public sealed class FenceTests(PostgreSqlServer server)
{
    private const int ExpectedSpace = -119186831;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_for_the_writers_of_tables_waits_for_those_without_the_fence_and_keeps_new_ones_out()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition, "CREATE TABLE \"Odd \"\"name\" (id bigint);");
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession early = await test.BeginAsync(FenceMode.None);
        await store.InsertAsync(early, TestDatabase.Unguarded, [new Account { Name = "early" }], Token);

        await using SideSession waiter = await test.BeginAsync();
        Task waiting = waiter.WaitForWritersAsync([new TableName("public", "Odd \"name"), new TableName(null, "account")], Token);
        await test.WaitForWaiterAsync("relation", waiting);
        await early.CommitAsync(Token);
        await waiting;
        Assert.Equal([1L], (await store.FindAsync(waiter, [1], RowLock.None, Token)).Select(row => row.Id));

        await using SideSession late = await test.BeginAsync(FenceMode.None);
        Task<WriteResult<Account>> writing = store.InsertAsync(late, TestDatabase.Unguarded, [new Account { Name = "late" }], Token);
        await test.WaitForWaiterAsync("relation", writing);
        await waiter.CommitAsync(Token);
        await writing;
    }

    [Fact]
    public async Task Waiting_for_the_writers_of_tables_ends_with_the_lock_time_out()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession writer = await test.BeginAsync(FenceMode.None);
        await store.InsertAsync(writer, TestDatabase.Unguarded, [new Account { Name = "early" }], Token);
        await using SideSession waiter = await test.BeginAsync(start: new TransactionStart { LockTimeout = TimeSpan.FromMilliseconds(1) });

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => waiter.WaitForWritersAsync([new TableName(null, "account")], Token));
        Assert.Equal(FailureKind.Availability, test.Database.Classify(failure));
    }

    [Fact]
    public async Task Writers_share_the_fence_and_a_switch_waits_for_them_and_makes_new_ones_wait()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession first = await test.BeginAsync();
        await store.InsertAsync(first, TestDatabase.Dual, [new Account { Name = "first" }], Token);
        await using SideSession second = await test.BeginAsync();
        await store.InsertAsync(second, TestDatabase.Dual, [new Account { Name = "second" }], Token);
        await second.CommitAsync(Token);

        await using SideSession switching = await test.BeginAsync(FenceMode.Exclusive);
        Task taking = switching.FlushAsync(Token).AsTask();
        await test.WaitForWaiterAsync("relation", taking);
        Assert.False(taking.IsCompleted);
        await using SideSession late = await test.BeginAsync();
        Task<WriteResult<Account>> writing = store.InsertAsync(late, TestDatabase.Dual, [new Account { Name = "late" }], Token);

        await first.CommitAsync(Token);
        await taking;
        await switching.ExecuteAsync("UPDATE dbmove_migration SET epoch = epoch + 1", default, Token);
        await test.WaitForWaiterAsync("relation", writing);
        Assert.False(writing.IsCompleted);
        await switching.CommitAsync(Token);

        // It slept through the switch: the epoch that it reads is the new one.
        Assert.False((await writing).StageMatched);
    }

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task A_writer_that_waited_for_the_fence_sees_the_new_epoch_under_every_isolation(IsolationLevel isolation)
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();

        // Prepared on the writer's connection before, since a prepared statement is planned without waiting.
        await using SideSession late = await test.OpenAsync();
        for (int round = 0; round < 3; round++)
        {
            await late.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, Isolation = isolation }, Token);
            Assert.True((await store.InsertAsync(late, TestDatabase.Dual, [new Account { Name = $"early {round}" }], Token)).StageMatched);
            await late.CommitAsync(Token);
        }

        await using SideSession switching = await test.BeginAsync(FenceMode.Exclusive);
        await switching.ExecuteAsync("UPDATE dbmove_migration SET epoch = epoch + 1", default, Token);
        await late.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, Isolation = isolation }, Token);
        Task<WriteResult<Account>> writing = store.InsertAsync(late, TestDatabase.Dual, [new Account { Name = "late" }], Token);
        await test.WaitForWaiterAsync("relation", writing);
        await switching.CommitAsync(Token);

        Assert.False((await writing).StageMatched);
    }

    [Fact]
    public async Task P41_a_delete_on_the_follower_waits_for_another_transactions_uncommitted_insert_of_the_key()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server, Account.Definition);
        IEntityStore<Account, long> store = await test.AccountsAsync();
        await using SideSession inserting = await test.BeginAsync();
        await inserting.LockKeysAsync([3], Token);
        await store.UpsertImagesAsync(inserting, [new Account { Id = 1, Name = "a" }], Token);

        await using SideSession deleting = await test.BeginAsync();
        await deleting.LockKeysAsync([2, 3], Token);
        Task<int> waiting = store.DeleteImagesAsync(deleting, [1], Token);
        await test.WaitForWaiterAsync("advisory", waiting);
        await inserting.CommitAsync(Token);

        Assert.Equal(1, await waiting);
        await deleting.CommitAsync(Token);
        Assert.Empty(await test.RowsAsync("SELECT * FROM account"));
    }

    [Fact]
    public void Sides_and_migrations_have_key_locks_of_their_own()
    {
        int[] spaces =
        [
            new TransactionPrologue(new ControlNames("a"), Side.Source).KeyLockSpace,
            new TransactionPrologue(new ControlNames("a"), Side.Target).KeyLockSpace,
            new TransactionPrologue(new ControlNames("b"), Side.Source).KeyLockSpace,
        ];
        Assert.Equal(3, spaces.Distinct().Count());

        // Other processes must come to the same number, so it may not follow from a hash that is seeded per process.
        Assert.Equal(ExpectedSpace, spaces[0]);
    }

    [Fact]
    public async Task A_fence_needs_a_migration()
    {
        await using TestDatabase test = await TestDatabase.CreateAsync(server);
        await using PostgreSqlDatabase detached = new(Side.Source, ConnectionDefaults.CreateDataSource(test.ConnectionString), ownsDataSource: true);
        await using SideSession session = await detached.OpenAsync(SessionUse.Write, Token);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared }, Token));
        await session.BeginAsync(new TransactionStart(), Token);
    }
}
