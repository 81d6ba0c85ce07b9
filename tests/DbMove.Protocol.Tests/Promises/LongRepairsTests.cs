using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>A repair that takes longer than its event's lease ends it all the same, and does not bring it nearer to its death.</summary>
public sealed class LongRepairsTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P28_A_repair_keeps_its_event_from_batch_to_batch(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(configure: options => options.Repair.BatchSize = 1);
        Migration brokered = await outbox.StartAsync();
        Migration embedded = await outbox.StartAsync(withBroker: false);
        await migration.Events.PublishAsync([Outbox.Event("long", 2, 3, 5, 7)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        List<string> seen = [];
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "events.extended")
            {
                outbox.ExpireMessages();
                bool isTaken = await brokered.Events.ReceiveAsync(TimeSpan.Zero) is not null || await embedded.Events.ReceiveAsync(TimeSpan.Zero) is not null;
                seen.Add($"{isTaken}|{(await outbox.Bank.Target.RowsAsync("SELECT attempts FROM dbmove_event"))[0]}");
            }

            if (point is "events.extended" or "events.received")
            {
                // Every batch takes longer than the lease.
                await outbox.Bank.Target.ExecuteAsync("UPDATE dbmove_event SET visible_at = 0");
            }
        };

        Assert.True(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));

        Assert.Equal(["False|1", "False|1", "False|1"], seen);
        await outbox.AssertDoneAsync();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P28_A_repair_goes_to_its_end_when_others_have_its_event_and_ends_it_for_them_too(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(configure: options => (options.Repair.BatchSize, options.Events.MaximumAttempts) = (1, 2));
        Migration other = await outbox.StartAsync(configure: options => options.Events.MaximumAttempts = 2);
        await migration.Events.PublishAsync([Outbox.Event("long", 2, 3, 5, 7)]);
        await Outbox.RelayOf(migration).RunOnceAsync(default);
        EventDelivery? taken = null;
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "events.received")
            {
                await outbox.ExpireAsync();
                taken = await other.Events.ReceiveAsync(TimeSpan.Zero);
            }
        };

        Assert.True(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));

        Assert.Equal(2, taken?.Event.Attempts);
        await outbox.AssertDoneAsync();
        Assert.False(await taken!.RetryAsync("busy", TimeSpan.Zero));
        Assert.Empty(await migration.Events.ListDeadAsync(10));
    }
}
