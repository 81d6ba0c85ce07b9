using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Tests.Migrations;

/// <summary>Stream or consumer deleted, or the stream purged, while every event is in it and one is in a fixer's hands.</summary>
public sealed class LostStreamTests(NatsServer server)
{
    [Theory, InlineData("stream"), InlineData("consumer"), InlineData("purge")]
    public async Task P27_P28_What_is_deleted_with_events_open_is_made_again_and_every_event_is_dealt_with(string what)
    {
        await using Depot depot = await Depot.CreateAsync();
        await using Administrator administrator = new(server.Url);
        await depot.DamageAsync();
        Migration migration = await depot.StartAsync(server.Url, builder => builder.Options.Events.Consumers = 1);
        TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task deleted = At.Point(migration, "events.received", 1, async () =>
        {
            await goOn.Task;
            await Eventually.TrueAsync(async () => await depot.CountAsync(Side.Target, "dbmove_event WHERE published_at IS NULL") == 0, "everything is published");
            switch (what)
            {
                case "consumer":
                    await administrator.JetStream.DeleteConsumerAsync(depot.StreamName, Depot.Consumer);
                    break;
                case "purge":
                    await administrator.JetStream.PurgeStreamAsync(depot.StreamName, new StreamPurgeRequest());
                    break;
                default:
                    await administrator.JetStream.DeleteStreamAsync(depot.StreamName);
                    break;
            }
        });
        Assert.Equal(Depot.Damaged, (await Depot.ValidateAsync(migration)).Differences);
        long open = await depot.CountAsync(Side.Target, "dbmove_event");
        Assert.True(open > 10, $"only {open} events are open");
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "no_open_events").IsMet);
        goOn.SetResult();
        await deleted;

        await depot.AssertRepairedAsync();
        Assert.Equal(Depot.Rows, await depot.CountAsync(Side.Target, "item"));
        Assert.NotNull(await administrator.FindConsumerAsync(depot.StreamName, Depot.Consumer));
    }
}
