using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Whatever stands in the stream: it is repaired, or dead and listed, and it holds up nothing.</summary>
public sealed class ForeignMessagesTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_What_cannot_be_read_is_dead_with_its_defect_and_closes_the_gate_until_someone_decides(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        outbox.Broker.Inject(Outbox.Event("new") with { Entity = string.Empty }, "its version is 99");
        outbox.Broker.Inject(Outbox.Event(string.Empty), "it is not JSON");
        outbox.Broker.Inject(Outbox.Event("zero\0half\ud800" + new string('x', 5000)) with { Entity = "\0" }, "bad\0");
        await Outbox.ValidateAsync(migration);

        await Outbox.WorkAsync(migration);

        await outbox.Bank.AssertEqualAsync();
        IReadOnlyList<DeadEvent> dead = await migration.Events.ListDeadAsync(10);
        Assert.Equal(["its version is 99", "it is not JSON", "bad\uFFFD"], dead.Select(each => each.Reason));
        Assert.Equal("new", dead[0].Event.Id);
        Assert.NotEqual(string.Empty, dead[1].Event.Id);
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "no_open_events").IsMet);
        Assert.Equal(0, await outbox.Broker.CountPendingAsync());

        Assert.Equal(1, await migration.Events.RetryDeadAsync(["new"]));
        await Outbox.WorkAsync(migration);
        Assert.Contains("no keys", (await migration.Events.ListDeadAsync(10)).Single(each => each.Event.Id == "new").Reason, StringComparison.Ordinal);
        Assert.Equal(3, await migration.Events.DropDeadAsync());
        Assert.Equal(0, await migration.Events.CountOpenAsync());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_message_that_cannot_be_read_makes_the_event_that_it_names_dead(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await migration.Events.PublishAsync([Outbox.Event("known", 2, 3, 5, 7)]);
        outbox.Broker.Inject(Outbox.Event("known"), "its version is 99");

        Assert.False(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
        await Outbox.WorkAsync(migration);

        DeadEvent dead = Assert.Single(await migration.Events.ListDeadAsync(10));
        Assert.Equal((4, "its version is 99"), (dead.Event.Keys.Count, dead.Reason));
        await migration.Events.RetryDeadAsync();
        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_event_without_a_row_is_repaired_and_one_that_cannot_be_gets_a_row_and_is_dead(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(configure: options => options.Events.MaximumAttempts = 2);
        outbox.Broker.Inject(Outbox.Event("foreign", 2, 3, 5, 7));
        outbox.Broker.Inject(Outbox.Event("unknown", 1) with { Entity = "nothing" });
        outbox.Broker.Inject(Outbox.Event("elsewhere", 1) with { Migration = "shop" });
        await Outbox.WorkAsync(migration);
        await outbox.Bank.AssertEqualAsync();
        Assert.Equal(["unknown", "elsewhere"], (await migration.Events.ListDeadAsync(10)).Select(each => each.Event.Id));

        outbox.Broker.Inject(Outbox.Event("killer", 1));
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Assert.NotNull(await migration.Events.ReceiveAsync(TimeSpan.Zero));
            await outbox.ExpireAsync();
        }

        Assert.Null(await migration.Events.ReceiveAsync(TimeSpan.Zero));
        Assert.Equal("killer", (await migration.Events.ListDeadAsync(10))[^1].Event.Id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_What_the_broker_counts_while_a_side_is_away_kills_no_message_without_a_row(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(configure: options => options.Events.MaximumAttempts = 2);
        outbox.Broker.Inject(Outbox.Event("replayed", 2, 3, 5, 7));
        await outbox.Bank.Target.ExecuteAsync("ALTER TABLE dbmove_event RENAME TO away");
        for (int delivery = 1; delivery <= 3; delivery++)
        {
            await Assert.ThrowsAsync<EventChannelException>(() => migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
            outbox.ExpireMessages();
        }

        await outbox.Bank.Target.ExecuteAsync("ALTER TABLE away RENAME TO dbmove_event");
        for (int delivery = 4; delivery <= 6; delivery++)
        {
            Assert.True(await (await migration.Events.ReceiveAsync(TimeSpan.Zero))!.ReturnAsync(TimeSpan.FromHours(1)));
            Assert.Equal(["replayed|0"], await outbox.Bank.Target.RowsAsync("SELECT event_id, attempts FROM dbmove_event"));
            await outbox.ExpireAsync();
        }

        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();
        Assert.Equal(0, await outbox.Broker.CountPendingAsync());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_Each_death_is_logged_once(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        LogRecorder log = new();
        Migration migration = await outbox.StartAsync(log: log, configure: options => options.Events.MaximumAttempts = 1);
        outbox.Broker.Inject(Outbox.Event("unknown", 1) with { Entity = "nothing" });
        await Outbox.WorkAsync(migration);
        Assert.Equal(1, log.Count(1502));

        outbox.Broker.Inject(Outbox.Event("elsewhere", 1) with { Migration = "shop" });
        await Outbox.WorkAsync(migration);
        Assert.Equal(2, log.Count(1502));

        outbox.Broker.Inject(Outbox.Event("refused", 1));
        await (await migration.Events.ReceiveAsync(TimeSpan.Zero))!.RetryAsync("bad", TimeSpan.Zero);
        Assert.Equal(3, log.Count(1502));
        Assert.Equal(3, (await migration.Events.ListDeadAsync(10)).Count);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_message_that_lies_about_its_keys_is_not_believed(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await migration.Events.PublishAsync([Outbox.Event("real", 2, 3, 5, 7)]);
        outbox.Broker.Inject(Outbox.Event("real", 1));

        Assert.True(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));

        await outbox.AssertDoneAsync();
    }
}
