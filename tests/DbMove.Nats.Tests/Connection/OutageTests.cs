using DbMove.Events;
using DbMove.Nats.Connection;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Nats.Tests.Connection;

/// <summary>The server away: every call fails soon and says why, and all goes on by itself when it is back.</summary>
public sealed class OutageTests
{
    // Soon: seconds. A call that hangs fails the test by this.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_server_that_was_not_there_at_first_is_found_when_it_comes()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await server.KillAsync();
        await using TestBroker test = TestBroker.Create(server.Url);

        foreach (Func<Task> call in (Func<Task>[])
            [() => test.Broker.PublishAsync([test.NewMessage()]), () => test.Broker.ReceiveAsync(TimeSpan.FromMinutes(1)), () => test.Broker.CountPendingAsync()])
        {
            EventChannelException away = await Assert.ThrowsAsync<EventChannelException>(() => call().WaitAsync(s_soon));
            Assert.Contains($"The NATS server at 127.0.0.1:{server.Port} cannot be reached: ConnectionRefused", away.Message, StringComparison.Ordinal);
        }

        HealthEntry entry = Assert.Single(await test.Broker.CheckHealthAsync());
        Assert.Equal(("nats", HealthStatus.Degraded), (entry.Name, entry.Status));
        Assert.Single(test.Log.Lines, line => line.Id == 2001);

        await server.StartAsync();
        BrokerRoundTrip.Check(await Eventually.SucceedsAsync(() => BrokerRoundTrip.RunAsync(test), "the server is found"));
        Assert.All(await test.Broker.CheckHealthAsync(), healthy => Assert.Equal(HealthStatus.Healthy, healthy.Status));
    }

    [Fact]
    public async Task Making_a_broker_touches_no_network_and_disposing_it_waits_for_none()
    {
        // A name that nobody has: an attempt to reach it would be seen in health.
        TestBroker test = TestBroker.Create("nats://nobody.invalid:1");
        await test.DisposeAsync().AsTask().WaitAsync(s_soon);
        Assert.Empty(test.Log.Lines);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.Broker.CountPendingAsync());
        Assert.Equal(HealthStatus.Degraded, Assert.Single(await test.Broker.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_receiver_that_waits_when_the_server_is_killed_is_told_soon()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url);
        await using (Administrator administrator = new(server.Url))
        {
            await test.Broker.CountPendingAsync();
            Task<BrokerDelivery?> waiting = test.Broker.ReceiveAsync(TimeSpan.FromMinutes(5));
            await Eventually.TrueAsync(async () => (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.NumWaiting == 1, "the pull waits at the server");
            await server.KillAsync();
            await Assert.ThrowsAsync<EventChannelException>(() => waiting.WaitAsync(s_soon));
        }

        await server.StartAsync();
        BrokerRoundTrip.Check(await Eventually.SucceedsAsync(() => BrokerRoundTrip.RunAsync(test), "the server is found again"));
        Assert.Contains("2002 ", test.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_taken_is_there_when_the_server_was_killed_amid_publications()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url, options => options.MaximumPublishesInFlight = 8);
        BrokerMessage[] messages = [.. Enumerable.Range(0, 3_000).Select(_ => test.NewMessage())];
        await test.Broker.CountPendingAsync();
        await using Administrator administrator = new(server.Url);

        Task<IReadOnlyList<PublishOutcome>> publishing = test.Broker.PublishAsync(messages);
        await Eventually.TrueAsync(async () => await administrator.CountMessagesAsync(test.Stream) > 100, "some are taken");
        await server.KillAsync();
        IReadOnlyList<PublishOutcome> outcomes = await publishing.WaitAsync(s_soon);
        Assert.Contains(PublishOutcome.Accepted, outcomes);
        Assert.Contains(PublishOutcome.Failed, outcomes);

        await server.StartAsync();
        BrokerMessage[] open = [.. messages.Where((_, index) => outcomes[index] != PublishOutcome.Accepted)];
        Assert.All(await Eventually.SucceedsAsync(() => test.Broker.PublishAsync(open), "the rest is taken"), outcome => Assert.Equal(PublishOutcome.Accepted, outcome));
        Assert.Equal(messages.Length, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task An_acknowledgement_with_the_server_away_fails_and_the_message_comes_again()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url, lease: TimeSpan.FromSeconds(2));
        BrokerMessage message = await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();

        await server.KillAsync();
        await Assert.ThrowsAsync<EventChannelException>(() => held.AcknowledgeAsync().WaitAsync(s_soon));
        await Assert.ThrowsAsync<EventChannelException>(() => held.RejectAsync(TimeSpan.Zero).WaitAsync(s_soon));
        await server.StartAsync();

        BrokerDelivery again = await Eventually.GetAsync(
            () => Eventually.SucceedsAsync(() => test.Broker.ReceiveAsync(TimeSpan.FromSeconds(5)), "the server is found again"), "the message comes again");
        Assert.Equal(message.Event.Id, again.Event.Id);
        await again.AcknowledgeAsync();
        Assert.Equal(0, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task A_message_held_through_a_restart_can_be_acknowledged()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();
        await server.KillAsync();
        await server.StartAsync();
        await Eventually.SucceedsAsync(
            async () =>
            {
                await held.AcknowledgeAsync();
                return true;
            },
            "it is acknowledged");
        Assert.Equal(0, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task A_server_that_stands_still_is_no_trap()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url, options =>
        {
            (options.PublishTimeout, options.RequestTimeout, options.MaximumPublishesInFlight) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500), 8);
        });
        await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();
        BrokerMessage[] messages = [.. Enumerable.Range(0, 5_000).Select(_ => test.NewMessage())];

        await server.FreezeAsync();

        // A batch takes about one time-out and not one for each round of messages under way, which would be minutes.
        Assert.All(await test.Broker.PublishAsync(messages).WaitAsync(s_soon / 2), outcome => Assert.Equal(PublishOutcome.Failed, outcome));
        await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.ReceiveAsync(TimeSpan.FromMilliseconds(100)).WaitAsync(s_soon));
        await Assert.ThrowsAsync<EventChannelException>(() => held.AcknowledgeAsync().WaitAsync(s_soon));
        await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync().WaitAsync(s_soon));
        Assert.Contains(await test.Broker.CheckHealthAsync().WaitAsync(s_soon), entry => entry.Status == HealthStatus.Degraded);

        await server.ThawAsync();
        await Eventually.TrueAsync(
            async () => (await Eventually.SucceedsAsync(() => test.Broker.PublishAsync(messages), "it answers again")).All(outcome => outcome == PublishOutcome.Accepted), "all are taken");
    }

    [Fact]
    public async Task A_receiver_whose_wait_is_used_up_by_connecting_still_looks_once()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker sender = TestBroker.Create(server.Url);
        BrokerMessage message = await sender.PublishAsync();
        FakeTimeProvider time = new();
        await using TestBroker test = TestBroker.Create(server.Url, options => options.ConnectTimeout = TimeSpan.FromSeconds(20), sender.Migration, time: time);

        await server.FreezeAsync();
        Task<BrokerDelivery?> receiving = test.Broker.ReceiveAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromMinutes(1));
        await server.ThawAsync();

        Assert.Equal(message.Event.Id, (await receiving.WaitAsync(s_soon))?.Event.Id);
    }

    [Fact]
    public async Task Health_gives_up_its_one_look_at_a_server_that_stands_still()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        FakeTimeProvider time = new();
        await using TestBroker test = TestBroker.Create(server.Url, options => options.RequestTimeout = TimeSpan.FromMinutes(1), time: time);
        await test.Broker.CountPendingAsync();

        await server.FreezeAsync();
        Task<IReadOnlyList<HealthEntry>> check = test.Broker.CheckHealthAsync();
        Assert.False(check.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        // The look's own time decides: without it the request would go on for its minute, or until the connection is given up.
        HealthEntry entry = (await check.WaitAsync(TimeSpan.FromSeconds(8)))[^1];
        Assert.Equal(("nats_consumer", HealthStatus.Degraded), (entry.Name, entry.Status));
        Assert.Contains("did not answer a look", entry.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_makes_nothing()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        Assert.All(await test.Broker.CheckHealthAsync(), entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
        Assert.Null(await administrator.FindStreamAsync(test.Stream));

        await test.Broker.CountPendingAsync();
        await administrator.JetStream.DeleteConsumerAsync(test.Stream, test.Consumer);
        Assert.Contains(await test.Broker.CheckHealthAsync(), entry => entry is { Name: "nats_consumer", Status: HealthStatus.Degraded });
        Assert.Null(await administrator.FindConsumerAsync(test.Stream, test.Consumer));
    }

    [Fact]
    public void A_key_that_the_client_refuses_is_a_failed_connection() => Assert.True(ConnectionFailure.Explains(new NATS.NKeys.NKeysException("bad")));

    [Fact]
    public async Task Of_several_servers_one_is_enough()
    {
        await using NatsServerProcess dead = await NatsServerProcess.CreateAsync();
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await dead.KillAsync();
        await using TestBroker test = TestBroker.Create($"{dead.Url},{server.Url}");
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
    }

    [Fact]
    public async Task Cancelling_ends_every_call()
    {
        await using NatsServerProcess server = await NatsServerProcess.CreateAsync();
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.Broker.CountPendingAsync();
        using CancellationTokenSource cancelled = new();
        Task<BrokerDelivery?> waiting = test.Broker.ReceiveAsync(TimeSpan.FromMinutes(5), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Broker.PublishAsync([test.NewMessage()], cancelled.Token).WaitAsync(s_soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Broker.CountPendingAsync(cancelled.Token).WaitAsync(s_soon));
    }
}
