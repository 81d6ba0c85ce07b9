using DbMove.Events;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Tests.Streams;

/// <summary>What somebody deletes is noticed, made again, logged, and shown by health.</summary>
public sealed class DeletionTests(NatsServer server)
{
    // The promise is 30 s.
    private static readonly TimeSpan s_promise = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_consumer_deleted_under_a_waiting_receiver_is_made_again_and_the_receiver_goes_on()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.Broker.CountPendingAsync();
        Task<BrokerDelivery?> waiting = test.Broker.ReceiveAsync(TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(async () => (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.NumWaiting == 1, "the pull waits at the server");

        await administrator.JetStream.DeleteConsumerAsync(test.Stream, test.Consumer);
        InconsistencyEvent sent = test.NewEvent();
        await administrator.PublishAsync($"dbmove.{test.Migration}.orders.inconsistent", DbMove.Nats.Messages.EventCodec.Write(sent));

        BrokerDelivery? delivery = await waiting.WaitAsync(s_promise);
        Assert.Equal(sent.Id, delivery?.Event.Id);
        await AssertToldAsync(test, $"consumer {test.Consumer} of stream {test.Stream}");
    }

    [Fact]
    public async Task A_stream_deleted_under_a_waiting_receiver_is_made_again_and_the_receiver_goes_on()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using TestBroker publisher = TestBroker.Create(server.Url, migration: test.Migration);
        await using Administrator administrator = new(server.Url);
        await test.Broker.CountPendingAsync();
        await publisher.Broker.CountPendingAsync();
        Task<BrokerDelivery?> waiting = test.Broker.ReceiveAsync(TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync(async () => (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.NumWaiting == 1, "the pull waits at the server");

        await administrator.JetStream.DeleteStreamAsync(test.Stream);
        await Eventually.TrueAsync(async () => waiting.IsCompleted || await administrator.FindConsumerAsync(test.Stream, test.Consumer) is not null, "the receiver makes both again");
        BrokerMessage message = await publisher.PublishAsync();

        BrokerDelivery? delivery = await waiting.WaitAsync(s_promise);
        Assert.Equal(message.Event.Id, delivery?.Event.Id);
        await AssertToldAsync(test, $"stream {test.Stream}");
    }

    [Fact]
    public async Task Deletions_hit_every_moment()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        for (int round = 0; round < 6; round++)
        {
            await test.Broker.CountPendingAsync();
            Task<BrokerDelivery?> waiting = test.Broker.ReceiveAsync(TimeSpan.FromMinutes(2));
            if (round % 2 == 0)
            {
                await Eventually.TrueAsync(async () => (await administrator.FindConsumerAsync(test.Stream, test.Consumer))?.NumWaiting == 1, "the pull waits at the server");
            }

            await administrator.JetStream.DeleteStreamAsync(test.Stream);
            BrokerMessage message = await test.PublishAsync();
            BrokerDelivery? delivery = await waiting.WaitAsync(s_promise);
            Assert.Equal(message.Event.Id, delivery?.Event.Id);
        }
    }

    [Fact]
    public async Task A_publisher_that_finds_its_stream_deleted_makes_it_again_and_loses_nothing()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.PublishAsync();
        await administrator.JetStream.DeleteStreamAsync(test.Stream);

        BrokerMessage[] messages = [.. Enumerable.Range(0, 50).Select(_ => test.NewMessage())];
        Assert.All(await test.Broker.PublishAsync(messages), outcome => Assert.Equal(PublishOutcome.Accepted, outcome));

        Assert.Equal(messages.Length, await test.Broker.CountPendingAsync());
        await AssertToldAsync(test, $"stream {test.Stream}");
    }

    [Fact]
    public async Task Counting_finds_a_deleted_stream_empty()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.PublishAsync();
        await administrator.JetStream.DeleteStreamAsync(test.Stream);
        Assert.Equal(0, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task With_the_consumer_deleted_its_messages_come_again()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        BrokerMessage message = await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();

        await administrator.JetStream.DeleteConsumerAsync(test.Stream, test.Consumer);
        await Assert.ThrowsAsync<EventChannelException>(() => held.AcknowledgeAsync());

        BrokerDelivery again = await test.ReceiveAsync();
        Assert.Equal(message.Event.Id, again.Event.Id);
        await again.AcknowledgeAsync();
        Assert.Equal(0, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task An_answer_about_a_message_of_the_deleted_stream_does_not_hit_one_of_the_new()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();
        await administrator.JetStream.DeleteStreamAsync(test.Stream);

        // The first of the new stream: it has the number of the one that is held.
        BrokerMessage newer = await test.PublishAsync();
        await held.AcknowledgeAsync();

        Assert.Equal(1, await administrator.CountMessagesAsync(test.Stream));
        Assert.Equal(newer.Event.Id, (await test.ReceiveAsync()).Event.Id);
    }

    [Fact]
    public async Task The_same_holds_when_another_process_has_made_the_stream_again()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using TestBroker other = TestBroker.Create(server.Url, migration: test.Migration);
        await using Administrator administrator = new(server.Url);
        await test.PublishAsync();
        BrokerDelivery held = await test.ReceiveAsync();
        await administrator.JetStream.DeleteStreamAsync(test.Stream);
        BrokerMessage newer = await other.PublishAsync();
        Assert.Equal(1, await administrator.CountMessagesAsync(test.Stream));

        // This process has not seen it yet; a sign that something was missing makes it look.
        await administrator.JetStream.DeleteConsumerAsync(test.Stream, test.Consumer);
        Assert.Null(await Record.ExceptionAsync(async () => Assert.Equal(1, await test.Broker.CountPendingAsync())));
        await held.AcknowledgeAsync();

        Assert.Equal(1, await administrator.CountMessagesAsync(test.Stream));
        Assert.Equal(newer.Event.Id, (await test.ReceiveAsync()).Event.Id);
        Assert.Contains($"2004 Migration {test.Migration}: stream {test.Stream}", test.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_consumer_is_replaced()
    {
        await using NatsServerProcess own = await NatsServerProcess.CreateAsync();
        await using Administrator administrator = new(own.Url);
        await using PullRelay relay = new(own.Port);
        await using TestBroker test = TestBroker.Create(relay.Url);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
        DateTimeOffset first = (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.Created;

        relay.IsDeaf = true;
        BrokerMessage message = await test.PublishAsync();
        long began = TimeProvider.System.GetTimestamp();
        while ((await administrator.FindConsumerAsync(test.Stream, test.Consumer))?.Created == first)
        {
            await Record.ExceptionAsync(() => test.Broker.ReceiveAsync(TimeSpan.FromMilliseconds(500)));
            Assert.True(TimeProvider.System.GetElapsedTime(began) < s_promise * 2, "The dead consumer was not replaced.");
        }

        relay.IsDeaf = false;
        BrokerDelivery delivery = await Eventually.SucceedsAsync(() => test.ReceiveAsync(), "pulls are answered again");
        Assert.Equal(message.Event.Id, delivery.Event.Id);
        Assert.Single(test.Log.Lines, line => line.Id == 2008);
        Assert.Single(test.Log.Lines, line => line.Id == 2009);

        // Nobody else has deleted it.
        Assert.DoesNotContain("2004 ", test.Log.Text, StringComparison.Ordinal);
        HealthEntry told = Assert.Single(await test.Broker.CheckHealthAsync(), entry => entry.Status == HealthStatus.Degraded);
        Assert.Contains("answered no pull and was replaced", told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_pull_does_not_delete_what_others_pull_from()
    {
        const string Denied = """authorization { users: [ { user: a, password: b, permissions: { publish: { deny: "$JS.API.CONSUMER.MSG.NEXT.>" } } }, { user: c, password: d } ] }""";
        await using NatsServerProcess own = await NatsServerProcess.CreateAsync(Denied);
        await using Administrator administrator = new($"nats://c:d@127.0.0.1:{own.Port}");
        await using TestBroker test = TestBroker.Create($"nats://a:b@127.0.0.1:{own.Port}");
        await test.PublishAsync();
        DateTimeOffset first = (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.Created;

        // Longer than the proof of a dead consumer takes, with all that belongs to it but the permission.
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < s_promise)
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Record.ExceptionAsync(() => test.Broker.ReceiveAsync(TimeSpan.FromMilliseconds(500))).AsTask()));
        }

        Assert.Equal(first, (await administrator.FindConsumerAsync(test.Stream, test.Consumer))?.Created);
        Assert.Contains(await test.Broker.CheckHealthAsync(), entry => entry is { Name: "nats_consumer", Status: HealthStatus.Degraded });
        Assert.Contains("2008 ", test.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_purged_stream_is_an_empty_one()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.PublishAsync();
        await administrator.JetStream.PurgeStreamAsync(test.Stream, new StreamPurgeRequest());
        Assert.Equal(0, await test.Broker.CountPendingAsync());
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.Zero));
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
    }

    private static async Task AssertToldAsync(TestBroker test, string what)
    {
        Assert.Contains($"2004 Migration {test.Migration}: {what} was missing and was made again", test.Log.Text, StringComparison.Ordinal);
        HealthEntry told = Assert.Single(await test.Broker.CheckHealthAsync(), entry => entry.Name == "nats_remade");
        Assert.Equal(HealthStatus.Degraded, told.Status);
        Assert.Contains($"The {what} was missing and was made again at", told.Detail, StringComparison.Ordinal);
    }
}
