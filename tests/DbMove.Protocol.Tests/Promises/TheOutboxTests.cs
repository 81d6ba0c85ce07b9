using DbMove.Events;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>The table on the target is the truth for every event: the broker and the processes may die between any two steps.</summary>
public sealed class TheOutboxTests(PostgreSqlServer server)
{
    public static TheoryData<Engine, string> CrashPoints
    {
        get
        {
            TheoryData<Engine, string> data = [];
            foreach (Engine engine in Enum.GetValues<Engine>())
            {
                foreach (string point in (string[])["events.stored", "events.claimed", "events.published", "events.received", "repair.authority_committed", "events.repaired", "events.completed"])
                {
                    data.Add(engine, point);
                }
            }

            return data;
        }
    }

    /// <summary>The naive way: the message is sent, or acknowledged, before what it stands for is durable.</summary>
    [Theory, MemberData(nameof(CrashPoints))]
    public async Task P27_A_process_that_dies_between_any_two_steps_loses_no_event(Engine engine, string point)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration dead = await outbox.StartAsync();
        Crash.At(dead, point);
        try
        {
            await Outbox.ValidateAsync(dead);
            await Outbox.WorkAsync(dead);
            Assert.Equal("events.stored", point);
        }
        catch (Crash)
        {
            // As meant. A crash within the pass is in its report instead.
        }

        Migration next = await outbox.StartAsync();
        await outbox.ExpireAsync();
        if (point == "events.stored")
        {
            // The pass died with its process; what it has found so far is stored.
            Assert.NotEqual(0, await next.Events.CountOpenAsync());
            await Outbox.WorkAsync(next);
            await Outbox.ValidateAsync(next);
        }

        await Outbox.WorkAsync(next);

        await outbox.AssertDoneAsync();
    }

    /// <summary>The naive way: publishing fails, and the finding is gone.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_A_broker_that_is_away_holds_up_neither_writes_nor_validation_and_gets_every_finding_later(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        outbox.Broker.IsAway = true;

        Assert.Equal(4, (await Outbox.ValidateAsync(migration)).Differences);
        Account written = await new AccountRepository(migration).InsertAsync(new Account { Owner = "while away", Balance = 1 });
        await Assert.ThrowsAsync<EventChannelException>(() => Outbox.RelayOf(migration).RunOnceAsync(default));
        Assert.Equal(3, await migration.Events.CountOpenAsync());
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "no_open_events").IsMet);
        MigrationHealth health = await migration.CheckHealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal(HealthStatus.Degraded, health.Entries.Single(entry => entry.Name == "fake").Status);

        outbox.Broker.IsAway = false;
        await Outbox.WorkAsync(migration);

        await outbox.Bank.AssertEqualAsync();
        Assert.Contains(await outbox.Bank.AccountsAsync(Side.Target), row => row.StartsWith($"{written.Id}|", StringComparison.Ordinal));
        Assert.Equal(0, await migration.Events.CountOpenAsync());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_A_full_broker_gets_every_finding_later(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        outbox.Broker.IsFull = true;
        await Outbox.ValidateAsync(migration);

        await Outbox.WorkAsync(migration);
        Assert.Equal(3, await migration.Events.CountOpenAsync());
        outbox.Broker.IsFull = false;
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(migration);

        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_Messages_that_come_twice_and_in_another_order_are_given_to_one_consumer_at_a_time(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        Migration other = await outbox.StartAsync();
        (outbox.Broker.Repeats, outbox.Broker.IsReversed) = (true, true);
        await Outbox.ValidateAsync(migration);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        List<EventDelivery> taken = [];
        foreach (Migration each in (Migration[])[migration, other, migration])
        {
            taken.Add((await each.Events.ReceiveAsync(TimeSpan.Zero))!);
        }

        Assert.Equal(3, taken.Select(delivery => delivery.Event.Id).Distinct().Count());
        Assert.Null(await other.Events.ReceiveAsync(TimeSpan.Zero));
        foreach (EventDelivery delivery in taken)
        {
            await delivery.ReturnAsync(TimeSpan.Zero);
        }

        await outbox.ExpireAsync();
        await Outbox.WorkAsync(other);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_An_acknowledgement_that_fails_ends_nothing_and_what_comes_again_changes_nothing(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await Outbox.ValidateAsync(migration);
        outbox.Broker.IsDeafToAnswers = true;
        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();
        Assert.Equal(3, await outbox.Broker.CountPendingAsync());

        outbox.Broker.IsDeafToAnswers = false;
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(migration);

        await outbox.AssertDoneAsync();
        Assert.Equal(0, await outbox.Broker.CountPendingAsync());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_A_target_that_is_away_when_messages_come_costs_no_event_a_try(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(configure: options => options.Events.MaximumAttempts = 1);
        await Outbox.ValidateAsync(migration);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        await outbox.Bank.Target.ExecuteAsync("ALTER TABLE dbmove_event RENAME TO away");
        for (int number = 0; number < 6; number++)
        {
            await Assert.ThrowsAsync<EventChannelException>(() => migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
            outbox.ExpireMessages();
        }

        await outbox.Bank.Target.ExecuteAsync("ALTER TABLE away RENAME TO dbmove_event");
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(migration);

        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_clock_that_was_set_back_keeps_no_message_away_for_longer_than_a_lease(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        outbox.Broker.Repeats = true;
        await migration.Events.PublishAsync([Outbox.Event("held", 2, 3, 5, 7)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        Assert.NotNull(await migration.Events.ReceiveAsync(TimeSpan.Zero));
        await outbox.Bank.Target.ExecuteAsync("UPDATE dbmove_event SET visible_at = visible_at + 864000000");
        Assert.Null(await migration.Events.ReceiveAsync(TimeSpan.Zero));

        // A day in the broker, where ten are left by the database's clock.
        await outbox.ExpireAsync();
        outbox.Broker.Evict();

        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_event_larger_than_the_broker_takes_is_divided_and_one_key_too_large_is_dead(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        outbox.Broker.MaximumKeys = 2;
        await migration.Events.PublishAsync([Outbox.Event("large", 1, 2, 3, 4, 5, 6, 7)]);

        await Outbox.WorkAsync(migration);

        await outbox.AssertDoneAsync();
        Assert.Equal(["large-1-1.1", "large-1-2.1", "large-2-1.1", "large-2-2.1"], outbox.Broker.Sent.Order());
        outbox.Broker.MaximumKeys = 0;
        await migration.Events.PublishAsync([Outbox.Event("giant", 1)]);
        await Outbox.WorkAsync(migration);
        Assert.Contains("larger than the broker takes", Assert.Single(await migration.Events.ListDeadAsync(10)).Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_Taking_the_broker_away_or_adding_one_loses_nothing(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration brokered = await outbox.StartAsync();
        await brokered.Events.PublishAsync([Outbox.Event("published", 2, 3), Outbox.Event("taken", 5)]);
        await Outbox.RelayOf(brokered).RunOnceAsync(default);
        Assert.NotNull(await brokered.Events.ReceiveAsync(TimeSpan.Zero));
        await brokered.Events.PublishAsync([Outbox.Event("stored", 7)]);
        Migration embedded = await outbox.StartAsync(withBroker: false);
        await outbox.ExpireAsync();

        await Outbox.WorkAsync(embedded);
        await outbox.AssertDoneAsync();

        await outbox.Bank.Target.ExecuteAsync("DELETE FROM account WHERE id <= 2");
        await embedded.Events.PublishAsync([Outbox.Event("before", 1), Outbox.Event("held", 2)]);
        Assert.NotNull(await embedded.Events.ReceiveAsync(TimeSpan.Zero));
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(brokered);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Processes_with_and_without_the_broker_share_the_events_and_never_have_the_same_one(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration brokered = await outbox.StartAsync();
        Migration embedded = await outbox.StartAsync(withBroker: false);
        await embedded.Events.PublishAsync([Outbox.Event("one", 2, 3), Outbox.Event("two", 5, 7)]);
        await Outbox.RelayOf(brokered).RunOnceAsync(default);
        await outbox.ExpireAsync();

        EventDelivery first = (await embedded.Events.ReceiveAsync(TimeSpan.Zero))!;
        EventDelivery second = (await brokered.Events.ReceiveAsync(TimeSpan.Zero))!;

        Assert.NotEqual(first.Event.Id, second.Event.Id);
        Assert.Null(await embedded.Events.ReceiveAsync(TimeSpan.Zero));
        Assert.Null(await brokered.Events.ReceiveAsync(TimeSpan.Zero));
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(brokered);
        Assert.False(await first.CompleteAsync());
        Assert.False(await second.CompleteAsync());
        await outbox.AssertDoneAsync();
    }

    /// <summary>The naive way: the event says from where to where, and is obeyed after the switch.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P01_P02_A_message_replayed_after_a_switch_is_repaired_in_the_direction_of_the_current_stage(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await Outbox.ValidateAsync(migration);
        await Outbox.WorkAsync(migration);
        await migration.SwitchAsync(Stage.TargetFirst, Bank.Forced);
        await outbox.Bank.Target.ExecuteAsync("UPDATE account SET owner = 'newest' WHERE id = 2; DELETE FROM account WHERE id = 3");

        outbox.Broker.Inject(Outbox.Event("replayed", 2, 3) with { Kind = InconsistencyKind.MissingInTarget });
        await Outbox.WorkAsync(migration);

        Assert.Contains("2|newest|null|2", await outbox.Bank.AccountsAsync(Side.Source));
        Assert.Equal(5, await outbox.Bank.Source.CountAsync("account"));
        await outbox.Bank.AssertEqualAsync();
        Assert.Equal(0, await outbox.Broker.CountPendingAsync());
    }
}
