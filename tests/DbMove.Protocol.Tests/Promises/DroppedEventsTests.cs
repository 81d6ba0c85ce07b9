using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>To drop an event is to give up its repair, not to call its keys equal.</summary>
public sealed class DroppedEventsTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Promise_6_Dropping_a_finding_of_incremental_validation_does_not_open_the_gate_until_its_keys_are_equal(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(withBroker: false);
        await Outbox.ValidateAsync(migration);
        await Outbox.WorkAsync(migration);
        await migration.Validation.VerifyPendingAsync();
        Assert.Equal(ValidationState.Clean, (await Outbox.ValidateAsync(migration)).State);
        Assert.True(await IsMetAsync(migration, "repairs_verified"));

        await outbox.Bank.Target.ExecuteAsync("UPDATE account SET owner = 'bad' WHERE id IN (2, 3)");
        await outbox.Bank.Source.ExecuteAsync(
            "INSERT INTO dbmove_check (migration, entity, key, origin, created_at) VALUES ('bank', 'account', '[\"2\"]', 'write', 0), ('bank', 'account', '[\"3\"]', 'write', 0)");
        Assert.Equal(2, (await migration.Validation.VerifyPendingAsync()).Different);
        InconsistencyEvent found = await DropAsync(migration);
        Assert.Equal(2, found.Keys.Count);

        Assert.True(await IsMetAsync(migration, "no_open_events"));
        Assert.False(await IsMetAsync(migration, "repairs_verified"));
        Assert.Equal(2, (await migration.Validation.VerifyPendingAsync()).Different);
        Assert.False(await IsMetAsync(migration, "no_open_events"));

        await DropAsync(migration);
        await outbox.Bank.Target.ExecuteAsync("UPDATE account SET owner = CASE id WHEN 2 THEN 'b' ELSE 'c' END WHERE id IN (2, 3)");
        Assert.Equal(2, (await migration.Validation.VerifyPendingAsync()).Equal);
        Assert.True(await IsMetAsync(migration, "no_open_events"));
        Assert.True(await IsMetAsync(migration, "repairs_verified"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Only_what_is_named_is_dropped_and_what_nobody_could_verify_is_not_kept(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(withBroker: false);
        await migration.Events.PublishAsync(
            [Outbox.Event("kept", 4), Outbox.Event("nothing") with { Entity = "nothing", Keys = ["[\"1\"]"] }, Outbox.Event("empty"), Outbox.Event("half", 1) with { Keys = ["[\"x\"]", "[\"6\"]"] }]);
        for (int each = 0; each < 4; each++)
        {
            await (await migration.Events.ReceiveAsync(TimeSpan.Zero))!.GiveUpAsync("bad");
        }

        Assert.Equal(1, await migration.Events.DropDeadAsync(["nothing"]));
        Assert.Equal(2, await migration.Events.DropDeadAsync(["empty", "half"]));
        Assert.Equal("kept", Assert.Single(await migration.Events.ListDeadAsync(10)).Event.Id);
        Assert.Equal(["account|[\"6\"]|repair"], await outbox.Bank.Target.RowsAsync("SELECT entity, key, origin FROM dbmove_check"));
    }

    private static async Task<InconsistencyEvent> DropAsync(Migration migration)
    {
        await (await migration.Events.ReceiveAsync(TimeSpan.Zero))!.GiveUpAsync("bad");
        InconsistencyEvent dead = Assert.Single(await migration.Events.ListDeadAsync(10)).Event;
        Assert.Equal(1, await migration.Events.DropDeadAsync());
        return dead;
    }

    private static async Task<bool> IsMetAsync(Migration migration, string condition) =>
        (await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(each => each.Name == condition).IsMet;
}
