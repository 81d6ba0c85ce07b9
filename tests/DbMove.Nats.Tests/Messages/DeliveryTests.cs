using DbMove.Events;

namespace DbMove.Nats.Tests.Messages;

/// <summary>What becomes of a message: published once, in one hand at a time, gone when it is acknowledged and not before.</summary>
public sealed class DeliveryTests(NatsServer server)
{
    [Fact]
    public async Task An_event_arrives_as_it_was_published()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        InconsistencyEvent sent = test.NewEvent("orders", keys: 3, attempts: 4);
        await test.Broker.PublishAsync([new BrokerMessage(sent, 1)]);

        BrokerDelivery delivery = await test.ReceiveAsync();

        Assert.Null(delivery.Defect);
        Assert.Equal(sent.Keys, delivery.Event.Keys);
        Assert.Equal(sent with { Attempts = 5, Keys = delivery.Event.Keys }, delivery.Event);
    }

    [Fact]
    public async Task An_acknowledged_message_is_gone()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await using Administrator administrator = new(server.Url);
        await test.PublishAsync();
        Assert.Equal(1, await test.Broker.CountPendingAsync());

        BrokerDelivery delivery = await test.ReceiveAsync();
        Assert.Equal(1, await test.Broker.CountPendingAsync());
        await delivery.AcknowledgeAsync();

        Assert.Equal(0, await test.Broker.CountPendingAsync());
        Assert.Equal(0, await administrator.CountMessagesAsync(test.Stream));
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task The_same_publication_twice_is_one_message_and_a_later_one_another()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        BrokerMessage message = test.NewMessage();

        Assert.Equal([PublishOutcome.Accepted, PublishOutcome.Accepted], await test.Broker.PublishAsync([message, message]));
        Assert.Equal([PublishOutcome.Accepted], await test.Broker.PublishAsync([message]));
        Assert.Equal(1, await test.Broker.CountPendingAsync());

        Assert.Equal([PublishOutcome.Accepted], await test.Broker.PublishAsync([message with { Publication = 2 }]));
        Assert.Equal(2, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task A_rejected_message_comes_back_and_counts_its_deliveries()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        BrokerMessage message = await test.PublishAsync();

        BrokerDelivery first = await test.ReceiveAsync();
        await first.RejectAsync(TimeSpan.Zero);
        BrokerDelivery second = await test.ReceiveAsync();

        Assert.Equal(message.Event.Id, second.Event.Id);
        Assert.Equal((1, 2), (first.Event.Attempts, second.Event.Attempts));
    }

    [Fact]
    public async Task A_message_rejected_with_a_delay_stays_away_for_it()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.PublishAsync();
        BrokerDelivery first = await test.ReceiveAsync();

        long rejected = TimeProvider.System.GetTimestamp();
        await first.RejectAsync(TimeSpan.FromSeconds(1));
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.Zero));
        BrokerDelivery second = await test.ReceiveAsync();

        // The delay begins between the call and its answer, so it cannot end earlier by the caller's clock.
        Assert.True(TimeProvider.System.GetElapsedTime(rejected) >= TimeSpan.FromMilliseconds(990));
        Assert.Equal(2, second.Event.Attempts);
    }

    [Fact]
    public async Task A_message_that_nobody_answers_comes_back_when_its_lease_has_run_out()
    {
        await using TestBroker test = TestBroker.Create(server.Url, lease: TimeSpan.FromSeconds(1));
        BrokerMessage message = await test.PublishAsync();

        await test.ReceiveAsync();
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.Zero));
        BrokerDelivery again = await test.ReceiveAsync();

        Assert.Equal(message.Event.Id, again.Event.Id);
        Assert.Equal(2, again.Event.Attempts);
    }

    [Fact]
    public async Task Two_consumers_never_hold_one_message_at_a_time()
    {
        const int Messages = 300;
        string migration = TestBroker.NewMigration();
        await using TestBroker one = TestBroker.Create(server.Url, migration: migration);
        await using TestBroker other = TestBroker.Create(server.Url, migration: migration);
        BrokerMessage[] messages = [.. Enumerable.Range(0, Messages).Select(_ => one.NewMessage())];
        Assert.All(await one.Broker.PublishAsync(messages), outcome => Assert.Equal(PublishOutcome.Accepted, outcome));

        HashSet<string> held = [];
        HashSet<string> done = [];
        async Task ConsumeAsync(IEventBroker broker)
        {
            while (await broker.ReceiveAsync(TimeSpan.FromMilliseconds(500)) is { } delivery)
            {
                lock (held)
                {
                    Assert.True(held.Add(delivery.Event.Id), "Two consumers hold one message.");
                }

                // Every third comes again, to another perhaps, after it has left this hand.
                bool isDone = delivery.Event.Attempts > 1 || delivery.Event.Id[0] % 3 != 0;
                await Task.Yield();
                lock (held)
                {
                    held.Remove(delivery.Event.Id);
                    Assert.True(!isDone || done.Add(delivery.Event.Id), "A message that was done came again.");
                }

                await (isDone ? delivery.AcknowledgeAsync() : delivery.RejectAsync(TimeSpan.Zero));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(index => ConsumeAsync(index % 2 == 0 ? one.Broker : other.Broker)));
        Assert.Equal(messages.Select(message => message.Event.Id).Order(), done.Order());
    }

    [Fact]
    public async Task The_order_of_answers_does_not_matter()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        BrokerMessage[] messages = [.. Enumerable.Range(0, 20).Select(_ => test.NewMessage())];
        await test.Broker.PublishAsync(messages);
        List<BrokerDelivery> deliveries = [];
        foreach (BrokerMessage _ in messages)
        {
            deliveries.Add(await test.ReceiveAsync());
        }

        deliveries.Reverse();
        foreach (BrokerDelivery delivery in deliveries)
        {
            await delivery.AcknowledgeAsync();
            await delivery.AcknowledgeAsync();
        }

        Assert.Equal(0, await test.Broker.CountPendingAsync());
    }

    [Fact]
    public async Task A_message_that_arrives_when_its_receiver_has_left_is_handed_back()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        await test.Broker.CountPendingAsync();
        using CancellationTokenSource leaving = new();
        Task<BrokerDelivery?> waiting = test.Broker.ReceiveAsync(TimeSpan.FromSeconds(20), leaving.Token);
        await using Administrator administrator = new(server.Url);
        await Eventually.TrueAsync(async () => (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.NumWaiting == 1, "the pull waits at the server");

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        BrokerMessage message = await test.PublishAsync();

        // The server gives it to the pull that was left; far sooner than the lease it is free again.
        BrokerDelivery delivery = await test.ReceiveAsync();
        Assert.Equal(message.Event.Id, delivery.Event.Id);
        Assert.Equal(2, delivery.Event.Attempts);
    }

    [Fact]
    public async Task Looking_once_does_not_wait()
    {
        await using TestBroker test = TestBroker.Create(server.Url);
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.Zero));
        BrokerMessage message = await test.PublishAsync();
        Assert.Equal(message.Event.Id, (await test.Broker.ReceiveAsync(TimeSpan.Zero))!.Event.Id);
    }

    [Fact]
    public async Task Events_of_another_migration_are_not_seen()
    {
        await using TestBroker one = TestBroker.Create(server.Url);
        await using TestBroker other = TestBroker.Create(server.Url);
        await one.PublishAsync();
        Assert.Null(await other.Broker.ReceiveAsync(TimeSpan.Zero));
        Assert.NotNull(await one.Broker.ReceiveAsync(TimeSpan.Zero));
    }
}
