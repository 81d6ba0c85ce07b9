using DbMove.Protocol.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Protocol.Tests.Promises;

/// <summary>Relay and consumers as the background work that they are.</summary>
public sealed class RunningEventsTests(PostgreSqlServer server)
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P27_P28_The_loops_carry_every_finding_through_an_outage_that_is_logged_once(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        outbox.Broker.IsAway = true;
        LogRecorder log = new();
        Migration migration = await outbox.StartAsync(log: log, configure: options =>
        {
            options.RunBackgroundWork = true;
            options.Events.PollInterval = TimeSpan.FromMilliseconds(10);
        });
        await Outbox.ValidateAsync(migration);
        await UntilAsync(() => Task.FromResult(outbox.Broker.Refusals >= 3));
        outbox.Broker.IsAway = false;

        await UntilAsync(async () => await migration.Events.CountOpenAsync() == 0 && log.Count(1508) == 1);

        await outbox.AssertDoneAsync();
        Assert.Equal(1, log.Count(1506));
        Assert.All(["loop_relay", "loop_events", "loop_event_figures"], name => Assert.Contains(migration.CheckHealthAsync().Result.Entries, entry => entry.Name == name && entry.Status == HealthStatus.Healthy));
    }

    [Fact]
    public async Task Each_outage_is_logged_once_and_so_is_its_end_also_when_there_is_nothing_to_publish()
    {
        await using Outbox outbox = await Outbox.CreateAsync(Engine.Sqlite, server);
        LogRecorder log = new();
        Migration migration = await outbox.StartAsync(log: log, configure: options =>
        {
            options.RunBackgroundWork = true;
            options.Events.PollInterval = TimeSpan.FromMilliseconds(10);
        });
        for (int outage = 1; outage <= 2; outage++)
        {
            outbox.Broker.IsAway = true;
            int refusals = outbox.Broker.Refusals;
            await migration.Events.PublishAsync([Outbox.Event("gone", 1)]);
            await UntilAsync(() => Task.FromResult(outbox.Broker.Refusals > refusals));
            await outbox.Bank.Target.ExecuteAsync("DELETE FROM dbmove_event");
            int questions = outbox.Broker.Questions;
            await UntilAsync(() => Task.FromResult(outbox.Broker.Questions >= questions + 3));
            Assert.Equal((outage, outage - 1), (log.Count(1506), log.Count(1508)));

            outbox.Broker.IsAway = false;
            await UntilAsync(() => Task.FromResult(log.Count(1508) == outage));
        }

        Assert.Equal((2, 2), (log.Count(1506), log.Count(1508)));
    }

    /// <summary>The naive way: the loop ends with its first exception, and nobody looks at its task.</summary>
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task P28_One_dead_consumer_of_several_is_noticed_and_all_of_them_go_on(Engine engine)
    {
        await using Outbox outbox = await Outbox.CreateAsync(engine, server);
        Migration migration = await outbox.StartAsync(withBroker: false, configure: options =>
        {
            options.RunBackgroundWork = true;
            (options.Events.Consumers, options.Events.Lease, options.Events.PollInterval) = (3, TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10));
        });
        Crash.At(migration, "events.repaired");
        await Outbox.ValidateAsync(migration);

        await UntilAsync(async () => await migration.Events.CountOpenAsync() == 0);

        await outbox.AssertDoneAsync();
        Assert.Contains((await migration.CheckHealthAsync()).Entries, entry => entry is { Name: "loop_events", Status: HealthStatus.Degraded } && entry.Detail.Contains("died at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task P27_The_running_relay_finds_what_the_broker_has_lost()
    {
        await using Outbox outbox = await Outbox.CreateAsync(Engine.Sqlite, server);
        outbox.Broker.Forgets = true;
        Migration migration = await outbox.StartAsync(configure: options =>
        {
            options.RunBackgroundWork = true;
            (options.Events.Lease, options.Events.PollInterval) = (TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10));
        });
        await Outbox.ValidateAsync(migration);
        await UntilAsync(() => Task.FromResult(outbox.Broker.Sent.Count >= 3));
        outbox.Broker.Forgets = false;

        await UntilAsync(async () => await migration.Events.CountOpenAsync() == 0);

        await outbox.AssertDoneAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource bound = new(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
