using DbMove.Protocol.Tests.Setup;
using DbMove.Reads;
using DbMove.Tests.Events;
using DbMove.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>
/// Promise 6, where it is decided: what is found between the look at the gate and the fences stops the switch. Otherwise the
/// authority moves, and the repair of what was found overwrites the good row with the bad one.
/// </summary>
public sealed class TheGateBehindTheFencesTests(PostgreSqlServer server)
{
    public enum Channel
    {
        Table,
        Broker,
        Custom,
    }

    [Theory]
    [InlineData(Engine.Sqlite, Channel.Table), InlineData(Engine.PostgreSql, Channel.Table), InlineData(Engine.SqliteToPostgreSql, Channel.Table)]
    [InlineData(Engine.PostgreSql, Channel.Broker), InlineData(Engine.Sqlite, Channel.Custom)]
    public async Task An_event_that_is_published_behind_the_open_gate_stops_the_switch_either_way(Engine engine, Channel channel)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        FakeTimeProvider time = new();
        Migration migration = await OpenAsync(bank, options =>
        {
            options.Events.Broker = channel == Channel.Broker ? new FakeBroker(time).Connect : null;
            options.Events.Channel = channel == Channel.Custom ? _ => new InMemoryEventChannel(options.Events, TimeProvider.System) : null;
        });
        foreach ((Stage from, Stage to) in ((Stage, Stage)[])[(Stage.SourceFirst, Stage.TargetFirst), (Stage.TargetFirst, Stage.SourceFirst)])
        {
            await migration.Member.BeatAsync(default);
            Assert.True((await Outbox.ValidateAsync(migration)).IsClean);
            long epoch = migration.Epoch;
            AtGate(migration, () => migration.Events.PublishAsync([Outbox.Event("found-" + to, 1)]));

            GateClosedException closed = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(to));

            Assert.Equal(("no_open_events", "1 open"), Unmet(closed));
            string side = from.Authority().ToWireName();
            Assert.Equal([$"{epoch}|{from.ToWireName()}|0"], await bank.On(from.Authority()).RowsAsync($"SELECT epoch, stage, prepared FROM dbmove_migration WHERE side = '{side}'"));

            // Dealt with, it stands in nobody's way.
            migration.Context.Probes.Handler = null;
            await Outbox.WorkAsync(migration);
            await migration.Validation.VerifyPendingAsync();
            Assert.Equal(to, (await migration.SwitchAsync(to)).To);
        }
    }

    /// <summary>
    /// The naive way: confirmed under the locks, published after them. A switch in between finds neither difference nor event,
    /// and the event then repairs the good row from the bad one.
    /// </summary>
    [Theory, InlineData(Engine.PostgreSql, Channel.Table), InlineData(Engine.PostgreSql, Channel.Custom), InlineData(Engine.Sqlite, Channel.Table)]
    public async Task A_difference_that_is_confirmed_is_an_event_before_any_switch_can_look(Engine engine, Channel channel)
    {
        await using Bank bank = await Bank.CreateAsync(engine, server);
        Migration validating = await OpenAsync(bank, options => options.Events.Channel = channel == Channel.Custom ? _ => new InMemoryEventChannel(options.Events, TimeProvider.System) : null);
        await validating.Validation.StartIncrementalAsync();
        Assert.True((await Outbox.ValidateAsync(validating)).IsClean);

        // Another instance has no probe: its switch meets nothing but the database. A channel in memory is of one process.
        Migration switching = channel == Channel.Custom ? validating : await bank.StartAsync(Configure);
        Account stored = (await new AccountRepository(validating).UpdateAsync(new Account { Id = 1, Owner = "Ada", Balance = 2 }))!;
        await Bank.SettleAsync(validating);
        await bank.Target.ExecuteAsync("UPDATE account SET amount = 99");
        Hold confirmed = Hold.At(validating, "validation.confirmed");
        Task<VerificationReport> verifying = validating.Validation.VerifyPendingAsync();
        await confirmed.Reached;

        await Assert.ThrowsAsync<SwitchAbandonedException>(() => switching.SwitchAsync(Stage.TargetFirst));

        confirmed.Release();
        Assert.Equal(1, (await verifying).Different);
        GateClosedException closed = await Assert.ThrowsAsync<GateClosedException>(() => switching.SwitchAsync(Stage.TargetFirst));
        Assert.Equal(("no_open_events", "1 open"), Unmet(closed));
        await Outbox.WorkAsync(validating);
        await validating.Validation.VerifyPendingAsync();
        Assert.Equal(Stage.TargetFirst, (await switching.SwitchAsync(Stage.TargetFirst)).To);
        Assert.Equal([$"1|Ada|null|{stored.Balance}"], await bank.AccountsAsync(Side.Target));
        await bank.AssertEqualAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_mismatch_of_a_shadow_read_behind_the_open_gate_stops_the_switch(bool isFoundByAnother)
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        Migration migration = await OpenAsync(bank, options => (options.Reads.ShadowPercentage, options.Reads.MinimumShadowReads) = (100, 2));
        Assert.True((await Outbox.ValidateAsync(migration)).IsClean);
        migration.Reads.Shadow.Window.Add(migration.Epoch, new ShadowCounts(Sampled: 2, Matched: 2));
        Migration finder = isFoundByAnother ? await bank.StartAsync(options => options.Reads.ShadowPercentage = 100) : migration;
        AtGate(migration, () =>
        {
            finder.Reads.Shadow.Window.Add(migration.Epoch, new ShadowCounts(Sampled: 1, Mismatched: 1));
            return finder.Member.BeatAsync(default);
        });

        GateClosedException closed = await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));

        Assert.Equal("shadow_mismatch_rate", Unmet(closed).Name);
        Assert.Equal(Stage.SourceFirst, (await bank.StartAsync()).Stage);
    }

    /// <summary>The naive way: the switch repairs ahead until nothing is open, for as long as writers leave something.</summary>
    [Fact]
    public async Task What_is_repaired_ahead_of_the_fences_is_bounded_in_time()
    {
        await using Bank bank = await Bank.CreateAsync(Engine.Sqlite, server);
        FakeTimeProvider time = new();
        Migration migration = await bank.StartAsync(options => options.Repair.BatchSize = 1, time: time);
        while (migration.Stage < Stage.SourceFirst)
        {
            await migration.SwitchAsync(migration.Stage + 1, Bank.Forced);
        }

        await bank.Source.ExecuteAsync(
            """
            INSERT INTO account (id, owner, balance) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3);
            INSERT INTO dbmove_intent (migration, entity, key, operation, epoch, created_at)
            SELECT 'bank', 'account', '["' || id || '"]', 'upsert', 2, 0 FROM account;
            """);
        int ahead = 0;
        bool isFenced = false;
        migration.Context.Probes.Handler = (point, _) =>
        {
            isFenced |= point == "switch.fenced";
            if (point == "repair.settled" && !isFenced)
            {
                ahead++;
                time.Advance(migration.Context.Options.LockTimeout);
            }

            return default;
        };

        Assert.Equal(Stage.TargetFirst, (await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced)).To);

        Assert.Equal(1, ahead);
        await bank.AssertEqualAsync();
    }

    /// <summary>In a stage from which the gate is open in either direction, once it was validated.</summary>
    private static async Task<Migration> OpenAsync(Bank bank, Action<MigrationOptions> configure)
    {
        await bank.Source.ExecuteAsync("INSERT INTO account (id, owner, balance) VALUES (1, 'Ada', 1)");
        Migration migration = await bank.StartAsync(Stage.SourceFirst, options =>
        {
            Configure(options);
            configure(options);
        });
        await migration.Backfill.StartAsync();
        Assert.Equal(BackfillState.Completed, (await migration.Backfill.WaitAsync().WaitAsync(TimeSpan.FromMinutes(1))).State);
        return migration;
    }

    private static void Configure(MigrationOptions options)
    {
        options.Gate.MinimumTimeInStage = TimeSpan.Zero;
        options.Validation.SuspectDelay = TimeSpan.Zero;
    }

    private static void AtGate(Migration migration, Func<Task> act) => migration.Context.Probes.Handler = async (point, _) =>
    {
        if (point == "switch.gated")
        {
            await act();
        }
    };

    private static (string Name, string Detail) Unmet(GateClosedException closed)
    {
        GateCondition unmet = Assert.Single(closed.Report.Conditions, condition => !condition.IsMet);
        return (unmet.Name, unmet.Detail);
    }
}
