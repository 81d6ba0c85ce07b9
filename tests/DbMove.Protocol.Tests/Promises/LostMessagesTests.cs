using DbMove.Events;
using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>What the broker took and no longer has is found and sent again, and nothing else is.</summary>
public sealed class LostMessagesTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_A_deleted_stream_cannot_open_the_gate_and_its_events_are_sent_again(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await Outbox.ValidateAsync(migration);
        await Outbox.RelayOf(migration).RunOnceAsync(default);

        outbox.Broker.Lose();

        await Outbox.WorkAsync(migration);
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "no_open_events").IsMet);
        Assert.Equal(3, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_A_purged_stream_that_knows_the_old_messages_takes_the_new_ones(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await migration.Events.PublishAsync([Outbox.Event("lost", 2, 3, 5, 7)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        for (int publication = 2; publication <= 3; publication++)
        {
            outbox.Broker.Lose(identitiesToo: false);
            Assert.Equal(1, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));
            await outbox.ExpireAsync();
            await Outbox.RelayOf(migration).RunOnceAsync(default);
        }

        Assert.Equal(["lost.1", "lost.2", "lost.3"], outbox.Broker.Sent);
        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_What_a_stream_has_lost_in_part_is_found_while_others_come_in(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        await migration.Events.PublishAsync([Outbox.Event("lost", 2, 3), Outbox.Event("held", 5)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        outbox.Broker.Evict();
        await migration.Events.PublishAsync([Outbox.Event("inflow", 7)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);

        // Young, and one that a try's delay holds back: neither is lost.
        await AgeAsync("held", EventRelayLoop.OverdueLeases * 2, ", visible_at = visible_at + 864000000");
        await AgeAsync("lost", EventRelayLoop.OverdueLeases / 2);
        Assert.Equal(0, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));

        await AgeAsync("lost", EventRelayLoop.OverdueLeases * 2);
        Assert.Equal(1, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        Assert.Equal(["lost.1", "held.1", "inflow.1", "lost.2"], outbox.Broker.Sent);

        // The second publication has twice the time: a backlog is not multiplied.
        await AgeAsync("lost", EventRelayLoop.OverdueLeases * 3 / 2);
        Assert.Equal(0, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));
        await outbox.ExpireAsync();
        await Outbox.WorkAsync(migration);
        await outbox.AssertDoneAsync();

        Task AgeAsync(string name, int leases, string more = "")
        {
            long then = (DateTimeOffset.UtcNow - (migration.Context.Options.Events.Lease * leases)).ToUnixTimeMilliseconds();
            return outbox.Bank.Target.ExecuteAsync($"UPDATE dbmove_event SET visible_at = {then} WHERE event_id = '{name}'; UPDATE dbmove_event SET published_at = {then}{more} WHERE event_id = '{name}'");
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_event_that_is_dealt_with_while_the_broker_is_asked_is_not_lost(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        Migration fixer = await outbox.StartAsync();
        await migration.Events.PublishAsync([Outbox.Event("done", 2, 3), Outbox.Event("buried", 5)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        Hold listed = Hold.At(migration, "events.listed");
        Task<int> asked = Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default);
        await listed.Reached;

        await (await fixer.Events.ReceiveAsync(TimeSpan.Zero))!.CompleteAsync();
        await (await fixer.Events.ReceiveAsync(TimeSpan.Zero))!.GiveUpAsync("bad");
        listed.Release();

        Assert.Equal(0, await asked);
        Assert.Equal(["buried|1"], await outbox.Bank.Target.RowsAsync("SELECT event_id, publication FROM dbmove_event"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_event_that_was_brought_back_while_the_broker_is_asked_is_not_lost(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync();
        Migration other = await outbox.StartAsync();
        await migration.Events.PublishAsync([Outbox.Event("dead", 2)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        Hold counted = Hold.At(migration, "events.counted");
        await (await other.Events.ReceiveAsync(TimeSpan.Zero))!.RetryAsync("once", TimeSpan.Zero);
        EventDelivery delivery = (await other.Events.ReceiveAsync(TimeSpan.Zero))!;
        outbox.Broker.Lose();
        Task<int> asked = Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default);
        await counted.Reached;

        await delivery.GiveUpAsync("bad");
        await other.Events.RetryDeadAsync();
        await Outbox.RelayOf(other).RunOnceAsync(default);
        counted.Release();

        Assert.Equal(0, await asked);
        Assert.Equal(["dead.1", "dead.2"], outbox.Broker.Sent);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_another_process_is_publishing_is_not_lost(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration publisher = await outbox.StartAsync();
        Migration migration = await outbox.StartAsync();
        await publisher.Events.PublishAsync([Outbox.Event("sent", 2, 3, 5, 7)]);
        Hold published = Hold.At(publisher, "events.claimed");
        Task publishing = Outbox.RelayOf(publisher).RunOnceAsync(default);
        await published.Reached;

        Assert.Equal(0, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));
        Assert.Null(await Outbox.RelayOf(migration).RunOnceAsync(default));
        published.Release();
        await publishing;

        // Still in the broker: not lost either.
        Assert.Equal(0, await Outbox.RelayOf(migration).FindLostAsync(TimeSpan.Zero, default));
        Assert.Equal(["sent.1"], outbox.Broker.Sent);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_answer_that_comes_late_does_not_mark_a_later_publication(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration late = await outbox.StartAsync();
        Migration other = await outbox.StartAsync();
        await late.Events.PublishAsync([Outbox.Event("dead", 2, 3, 5, 7)]);
        Hold published = Hold.At(late, "events.published");
        Task publishing = Outbox.RelayOf(late).RunOnceAsync(default);
        await published.Reached;
        await (await other.Events.ReceiveAsync(TimeSpan.Zero))!.GiveUpAsync("bad");
        await other.Events.RetryDeadAsync();

        published.Release();
        await publishing;

        Assert.Equal(["2|null"], await outbox.Bank.Target.RowsAsync("SELECT publication, published_at FROM dbmove_event"));
        await Outbox.WorkAsync(other);
        await outbox.AssertDoneAsync();
    }
}
