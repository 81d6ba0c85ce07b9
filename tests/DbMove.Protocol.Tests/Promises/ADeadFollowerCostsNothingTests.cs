using DbMove.Dialects;
using DbMove.Pool;
using DbMove.Protocol.Tests.Setup;
using DbMove.Telemetry;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Promise 3: a circuit breaker keeps writes fast while the follower is away, and the follower converges once it is back.</summary>
public sealed class ADeadFollowerCostsNothingTests(PostgreSqlServer server)
{
    private const int FollowerFailed = 1100;
    private const int BreakerOpened = 1104;
    private const int BreakerClosed = 1105;
    private const int FollowerSkipped = 1107;

    private static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The naive way: it is not dead, so each write waits out its time-out on it.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P40_One_write_waits_for_a_follower_that_does_not_answer_and_the_others_not_at_all(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Patient, log);
        AccountRepository accounts = new(migration);
        await using (await bank.HoldAsync(Side.Target))
        {
            await accounts.InsertAsync(new Account { Owner = "waits", Balance = 0 });
            Assert.Equal((1, 1, 0), (log.Count(FollowerFailed), log.Count(BreakerOpened), log.Count(FollowerSkipped)));
            for (int number = 1; number <= 20; number++)
            {
                await accounts.InsertAsync(new Account { Owner = "goes on", Balance = number });
            }
        }

        Assert.Equal((1, 1, 20), (log.Count(FollowerFailed), log.Count(BreakerOpened), log.Count(FollowerSkipped)));
        Assert.Equal(21, await bank.OpenIntentsAsync(Side.Source));
        Assert.Contains((await migration.CheckHealthAsync()).Entries, entry => entry is { Name: "breaker", Status: HealthStatus.Degraded });
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.PostgreSqlTarget), MemberType = typeof(Engines))]
    public async Task With_the_breaker_open_no_connection_to_the_follower_is_opened(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        await using PostgreSqlRelay relay = bank.RelayOn(Side.Target);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Patient);
        AccountRepository accounts = new(migration);
        relay.Freeze();
        await accounts.InsertAsync(new Account { Owner = "waits", Balance = 0 }).WaitAsync(Bound);
        int connections = relay.Connections;

        for (int number = 1; number <= 20; number++)
        {
            await accounts.InsertAsync(new Account { Owner = "goes on", Balance = number }).WaitAsync(Bound);
        }

        Assert.Equal(connections, relay.Connections);
        relay.Thaw();
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task When_the_follower_is_back_a_probe_finds_out_and_repair_begins_without_another_write(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(
            Stage.SourceFirst,
            options =>
            {
                Patient(options);
                options.RunBackgroundWork = true;
                options.Repair.Interval = TimeSpan.FromMinutes(1);
                options.Breaker.BreakDuration = TimeSpan.FromMilliseconds(10);
            },
            log);
        FollowerBreaker breaker = migration.Context.Breakers[(int)Side.Target];
        Task failedProbe = log.SeenAsync(1106);
        await using (await bank.HoldAsync(Side.Target))
        {
            await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });

            // The server answers, and the table is locked: a probe that only asks would close the breaker for the next write.
            await failedProbe.WaitAsync(Bound);
            Assert.False(breaker.IsClosed);
            Assert.Equal(0, log.Count(BreakerClosed));
        }

        using CancellationTokenSource bound = new(Bound);
        while (await bank.OpenIntentsAsync(Side.Source) > 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.True(breaker.IsClosed);
        Assert.Equal(1, log.Count(BreakerClosed));
        Assert.Equal(["1|Ada|null|1"], await bank.AccountsAsync(Side.Target));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_probe_leaves_nothing_on_the_follower(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Patient);
        FollowerBreaker breaker = migration.Context.Breakers[(int)Side.Target];
        await using (await bank.HoldAsync(Side.Target))
        {
            await new AccountRepository(migration).InsertAsync(new Account { Owner = "Ada", Balance = 1 });
            Assert.NotNull(await breaker.Probe(breaker, default));
        }

        Assert.Null(await breaker.Probe(breaker, default));
        Assert.Equal(0, await bank.Target.CountAsync("account"));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task In_strict_mode_an_open_breaker_fails_the_write_at_once_and_nothing_is_committed(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            Patient(options);
            options.FollowerFailure = FollowerFailure.FailWrite;
            options.Breaker.FailuresInARow = 1;
        });
        AccountRepository accounts = new(migration);
        await using (await bank.HoldAsync(Side.Target))
        {
            await Assert.ThrowsAsync<FollowerWriteException>(() => accounts.InsertAsync(new Account { Owner = "waits", Balance = 1 }));
        }

        // The follower would take it now; only the breaker refuses.
        FollowerWriteException exception = await Assert.ThrowsAsync<FollowerWriteException>(() => accounts.InsertAsync(new Account { Owner = "refused", Balance = 1 }));

        Assert.Equal((Side.Target, FailureKind.Availability), (exception.Side, exception.Kind));
        Assert.IsType<DatabaseUnavailableException>(exception.InnerException);
        Assert.Equal((0, 0), (await bank.Source.CountAsync("account"), await bank.OpenIntentsAsync(Side.Source)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_the_follower_refuses_for_its_data_never_opens_the_breaker(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options => options.Breaker.FailuresInARow = 1, log);
        AccountRepository accounts = new(migration);
        await bank.Target.ExecuteAsync("INSERT INTO account (id, owner, email, amount) VALUES (1000, 'in the way', 'a@x', 0)");
        Account stored = await accounts.InsertAsync(new Account { Owner = "Ada", Email = "a@x", Balance = 0 });
        for (int number = 1; number <= 20; number++)
        {
            await accounts.UpdateAsync(stored with { Balance = number });
        }

        Assert.Equal((21, 0), (log.Count(FollowerFailed), log.Count(BreakerOpened)));
        Assert.True(migration.Context.Breakers[(int)Side.Target].IsClosed);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_switch_asks_the_follower_itself_whatever_the_breaker_says(Engine engine)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration migration = await bank.StartAsync(Stage.SourceFirst, Patient);
        AccountRepository accounts = new(migration);
        await using (await bank.HoldAsync(Side.Target))
        {
            await accounts.InsertAsync(new Account { Owner = "Ada", Balance = 1 });
        }

        Assert.False(migration.Context.Breakers[(int)Side.Target].IsClosed);
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await accounts.InsertAsync(new Account { Owner = "Bob", Balance = 2 });

        Assert.Equal(2, await bank.Target.CountAsync("account"));
        await bank.AssertEqualAsync();
    }

    [Fact]
    public async Task A_write_that_finds_no_place_at_the_follower_leaves_its_intent_and_goes_on()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.PostgreSql, server);
        LogRecorder log = new();
        Migration migration = await bank.StartAsync(
            Stage.SourceFirst,
            options =>
            {
                options.FollowerTimeout = TimeSpan.FromSeconds(2);
                options.Breaker.MaximumWriters = 1;
            },
            log);
        AccountRepository accounts = new(migration);
        Hold barrier = Hold.At(migration, ProbePoint.WriteFollowerApplied);
        Task<Account> first = accounts.InsertAsync(new Account { Owner = "holds the place", Balance = 1 });
        await barrier.Reached;

        await accounts.InsertAsync(new Account { Owner = "goes on", Balance = 2 }).WaitAsync(Bound);

        Assert.False(first.IsCompleted);
        Assert.Equal((1, 0), (log.Count(FollowerSkipped), log.Count(FollowerFailed)));
        barrier.Release();
        await first;
        await accounts.InsertAsync(new Account { Owner = "finds one", Balance = 3 });
        Assert.Equal(1, log.Count(FollowerSkipped));
        await Bank.SettleAsync(await bank.StartAsync());
        await bank.AssertEqualAsync();
    }

    /// <summary>A time-out that is short, and probes that do not come within a test.</summary>
    private static void Patient(MigrationOptions options)
    {
        options.FollowerTimeout = TimeSpan.FromMilliseconds(200);
        options.Breaker.BreakDuration = TimeSpan.FromMinutes(10);
    }
}
