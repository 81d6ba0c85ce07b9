using DbMove.Protocol.Tests.Setup;
using DbMove.Telemetry;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>When a write returns, and what an end of the migration waits for.</summary>
public sealed class AcknowledgementTests(PostgreSqlServer server)
{
    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task AfterAuthority_a_write_returns_before_the_follower_commits_and_a_stop_waits_for_that_commit(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Acknowledge = Acknowledge.AfterAuthority);
        Hold barrier = Hold.At(migration, ProbePoint.WriteFollowerCommitting);

        Account stored = await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 }).WaitAsync(Bound);
        await barrier.Reached;
        Assert.Equal((1, 0, 1), (await bank.Source.CountAsync("account"), await bank.Target.CountAsync("account"), await bank.OpenIntentsAsync(Side.Source)));
        Task stopping = migration.StopAsync();
        Assert.False(stopping.IsCompleted);
        barrier.Release();
        await stopping.WaitAsync(Bound);

        Assert.Equal([$"{stored.Id}|Ada|null|1"], await bank.AccountsAsync(Side.Target));
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task AfterAuthority_a_crash_before_the_follower_commits_is_repaired_like_any_other(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Acknowledge = Acknowledge.AfterAuthority, log);
        Crash.At(migration, ProbePoint.WriteFollowerCommitting);

        await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await migration.StopAsync().WaitAsync(Bound);

        Assert.Equal((0, 1, 1), (await bank.Target.CountAsync("account"), await bank.OpenIntentsAsync(Side.Source), log.Count(1108)));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_stop_waits_for_the_write_in_flight_and_refuses_the_next(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        Hold barrier = Hold.At(migration, ProbePoint.WriteAuthorityWritten);
        Task<Account> write = accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        await barrier.Reached;

        Task stopping = migration.StopAsync();
        Assert.False(stopping.IsCompleted);
        MigrationNotRunningException refused = await Assert.ThrowsAsync<MigrationNotRunningException>(() => accounts.InsertAsync(new Account { Owner = "late", Balance = 2 }));
        await Assert.ThrowsAsync<MigrationNotRunningException>(() => migration.BeginTransactionAsync());
        barrier.Release();
        await write;
        await stopping.WaitAsync(Bound);

        Assert.Equal("bank", refused.Migration);
        Assert.Equal(1, await bank.Source.CountAsync("account"));
        await bank.AssertEqualAsync();
        Assert.Equal(0, await bank.OpenIntentsAsync(Side.Source));
        await migration.StartAsync();
        await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 2 });
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Disposing_waits_for_the_transaction_in_flight_and_is_named_afterwards(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst);
        AccountRepository accounts = new(migration);
        DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 }, transaction);

        Task disposing = migration.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 2 }, transaction);
        await transaction.CommitAsync();
        await transaction.DisposeAsync();
        await disposing.WaitAsync(Bound);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => accounts.InsertAsync(new Account { Owner = "late", Balance = 3 }));
        Assert.Equal(2, await bank.Source.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task A_transaction_that_nobody_ends_holds_a_stop_up_for_its_bound_and_no_longer()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(
            Stage.SourceFirst,
            options =>
            {
                options.PauseBudget = TimeSpan.FromMilliseconds(50);
                options.LockTimeout = TimeSpan.FromMilliseconds(100);
                options.FollowerTimeout = TimeSpan.FromMilliseconds(100);
            },
            log);
        await using DualWriteTransaction forgotten = await migration.BeginTransactionAsync();

        await migration.StopAsync().WaitAsync(Bound);

        Assert.Equal(1, log.Count(1109));
    }
}
