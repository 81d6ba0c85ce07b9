using DbMove.Events;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Tests.Streams;

/// <summary>Stream and consumer: made when they are missing, checked and never changed when they exist.</summary>
public sealed class StreamTests(NatsServer server)
{
    [Fact]
    public async Task They_are_made_as_the_options_say()
    {
        await using TestBroker test = TestBroker.Create(
            server.Url,
            options =>
            {
                (options.MaximumBytes, options.MaximumAge, options.DuplicateWindow) = (1_000_000, TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));
                (options.Storage, options.Replicas) = (StreamConfigStorage.Memory, 1);
            },
            lease: TimeSpan.FromSeconds(7));
        Assert.Equal(0, await test.Broker.CountPendingAsync());

        await using Administrator administrator = new(server.Url);
        StreamConfig stream = (await administrator.FindStreamAsync(test.Stream))!.Config;
        Assert.Equal([$"dbmove.{test.Migration}.*.inconsistent"], stream.Subjects);
        Assert.Equal((StreamConfigRetention.Workqueue, StreamConfigDiscard.New, StreamConfigStorage.Memory), (stream.Retention, stream.Discard, stream.Storage));
        Assert.Equal((1_000_000, TimeSpan.FromHours(2), TimeSpan.FromMinutes(5)), (stream.MaxBytes, stream.MaxAge, stream.DuplicateWindow));
        ConsumerConfig consumer = (await administrator.FindConsumerAsync(test.Stream, test.Consumer))!.Config;
        Assert.Equal((test.Consumer, ConsumerConfigAckPolicy.Explicit, TimeSpan.FromSeconds(7)), (consumer.DurableName, consumer.AckPolicy, consumer.AckWait));
        Assert.Equal((-1, -1), (consumer.MaxDeliver, consumer.MaxAckPending));
        Assert.Equal([2003, 2003], test.Log.Lines.Select(line => line.Id).Where(id => id is 2003 or 2004));
    }

    [Fact]
    public async Task A_prefix_and_a_name_of_ones_own_are_used()
    {
        string migration = TestBroker.NewMigration();
        await using TestBroker test = TestBroker.Create(server.Url, options => (options.SubjectPrefix, options.StreamName) = ("acme.moves", $"ACME_{migration}"), migration);
        await test.PublishAsync("order lines");

        await using Administrator administrator = new(server.Url);
        StreamInfo stream = (await administrator.FindStreamAsync($"ACME_{migration}"))!;
        Assert.Equal([$"acme.moves.{migration}.*.inconsistent"], stream.Config.Subjects);
        Assert.Equal(1, stream.State.Messages);
        Assert.Equal("order lines", (await test.ReceiveAsync()).Event.Entity);
    }

    [Fact]
    public async Task Any_number_of_processes_may_make_them_at_once()
    {
        string migration = TestBroker.NewMigration();
        List<TestBroker> tests = [.. Enumerable.Range(0, 8).Select(_ => TestBroker.Create(server.Url, migration: migration))];
        try
        {
            Assert.All(await Task.WhenAll(tests.Select(test => test.Broker.CountPendingAsync())), pending => Assert.Equal(0, pending));
            Assert.All((await Task.WhenAll(tests.Select(test => test.Broker.CheckHealthAsync()))).SelectMany(entries => entries), entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
        }
        finally
        {
            await Task.WhenAll(tests.Select(test => test.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task An_existing_stream_is_used_as_it_is()
    {
        string migration = TestBroker.NewMigration();
        await using Administrator administrator = new(server.Url);
        StreamConfig made = NewStream(migration);
        (made.Subjects, made.MaxBytes, made.Description) = ([$"dbmove.{migration}.>", $"other.{migration}"], 5_000_000, "ours");
        await administrator.JetStream.CreateStreamAsync(made);
        StreamConfig before = (await administrator.FindStreamAsync($"dbmove-{migration}"))!.Config;

        await using TestBroker test = TestBroker.Create(server.Url, migration: migration);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));

        AssertSame(before, (await administrator.FindStreamAsync(test.Stream))!.Config);
    }

    public static TheoryData<string, string> Mismatches => new()
    {
        { "retention", "retention is Limits and must be Workqueue" },
        { "discard", "discard policy is Old and must be New" },
        { "subjects", "subjects are elsewhere.> and must include dbmove." },
        { "narrow subjects", ".orders.inconsistent and must include dbmove." },
        { "age", "maximum age is 01:00:00 and must be 02:00:00" },
        { "bytes", "maximum of bytes is 1000000 and must be 2000000" },
        { "window", "duplicate window is 00:00:30 and must be 00:01:00" },
        { "storage", "storage is Memory and must be File" },
        { "unacknowledged", "publication without acknowledgement is True and must be False" },
        { "per subject", "messages per subject are 5 at most and must be unlimited" },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public async Task A_stream_that_is_not_as_it_must_be_is_refused_and_left_as_it_is(string what, string named)
    {
        string migration = TestBroker.NewMigration();
        await using Administrator administrator = new(server.Url);
        StreamConfig made = NewStream(migration);
        switch (what)
        {
            case "retention": made.Retention = StreamConfigRetention.Limits; break;
            case "discard": made.Discard = StreamConfigDiscard.Old; break;
            case "subjects": made.Subjects = ["elsewhere.>"]; break;
            case "narrow subjects": made.Subjects = [$"dbmove.{migration}.orders.inconsistent"]; break;
            case "age": made.MaxAge = TimeSpan.FromHours(1); break;
            case "bytes": made.MaxBytes = 1_000_000; break;
            case "window": made.DuplicateWindow = TimeSpan.FromSeconds(30); break;
            case "storage": made.Storage = StreamConfigStorage.Memory; break;
            case "unacknowledged": made.NoAck = true; break;
            case "per subject": made.MaxMsgsPerSubject = 5; break;
        }

        await administrator.JetStream.CreateStreamAsync(made);
        try
        {
            StreamConfig before = (await administrator.FindStreamAsync($"dbmove-{migration}"))!.Config;
            await using TestBroker test = TestBroker.Create(
                server.Url,
                options => (options.MaximumAge, options.MaximumBytes, options.DuplicateWindow, options.Storage) =
                    (what == "age" ? TimeSpan.FromHours(2) : null, what == "bytes" ? 2_000_000 : null, what == "window" ? TimeSpan.FromMinutes(1) : null, what == "storage" ? StreamConfigStorage.File : null),
                migration);

            EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.PublishAsync([test.NewMessage()]));
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
            Assert.Contains("Remedy:", refused.Message, StringComparison.Ordinal);
            Assert.Equal(1, refused.Message.Split(" must ").Length - 1);
            await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.ReceiveAsync(TimeSpan.Zero));
            Assert.Contains(await test.Broker.CheckHealthAsync(), entry => entry.Status == HealthStatus.Degraded && entry.Failure?.Message == refused.Message);

            StreamInfo after = (await administrator.FindStreamAsync(test.Stream))!;
            AssertSame(before, after.Config);
            Assert.Equal((0, 0), (after.State.Messages, after.State.ConsumerCount));
        }
        finally
        {
            await administrator.JetStream.DeleteStreamAsync($"dbmove-{migration}");
        }
    }

    [Fact]
    public async Task A_consumer_with_another_lease_is_refused_and_left_as_it_is()
    {
        string migration = TestBroker.NewMigration();
        await using TestBroker first = TestBroker.Create(server.Url, migration: migration, lease: TimeSpan.FromSeconds(10));
        await first.Broker.CountPendingAsync();

        await using TestBroker second = TestBroker.Create(server.Url, migration: migration, lease: TimeSpan.FromSeconds(20));
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => second.Broker.ReceiveAsync(TimeSpan.Zero));

        Assert.Contains("acknowledgement wait (the lease) is 00:00:10 and must be 00:00:20", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Events.Lease", refused.Message, StringComparison.Ordinal);
        await using Administrator administrator = new(server.Url);
        Assert.Equal(TimeSpan.FromSeconds(10), (await administrator.FindConsumerAsync(first.Stream, first.Consumer))!.Config.AckWait);
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(first));
    }

    [Fact]
    public async Task A_consumer_that_bounds_what_is_not_acknowledged_is_refused()
    {
        string migration = TestBroker.NewMigration();
        await using Administrator administrator = new(server.Url);
        await administrator.JetStream.CreateStreamAsync(NewStream(migration));
        await administrator.JetStream.CreateConsumerAsync($"dbmove-{migration}", new ConsumerConfig($"{migration}-fixers")
        {
            FilterSubject = $"dbmove.{migration}.*.inconsistent", AckPolicy = ConsumerConfigAckPolicy.Explicit, AckWait = TimeSpan.FromSeconds(30), MaxDeliver = -1, MaxAckPending = 1000,
        });

        await using TestBroker test = TestBroker.Create(server.Url, migration: migration);
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.ReceiveAsync(TimeSpan.Zero));
        Assert.Contains("maximum of messages not acknowledged is 1000 and must be -1", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, refused.Message.Split(" must ").Length - 1);
    }

    [Fact]
    public async Task Another_stream_with_the_subjects_is_named()
    {
        string migration = TestBroker.NewMigration();
        await using Administrator administrator = new(server.Url);
        await administrator.JetStream.CreateStreamAsync(new StreamConfig($"other-{migration}", [$"dbmove.{migration}.>"]));

        await using TestBroker test = TestBroker.Create(server.Url, migration: migration);
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.Contains("another stream with subjects of this migration", refused.Message, StringComparison.Ordinal);
        Assert.Contains("StreamName", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_keeps_all_gives_acknowledged_messages_to_nobody_again()
    {
        await using TestBroker test = TestBroker.Create(server.Url, options => (options.Retention, options.MaximumAge) = (StreamConfigRetention.Limits, TimeSpan.FromHours(1)));
        BrokerRoundTrip.Check(await BrokerRoundTrip.RunAsync(test));
        Assert.Equal(0, await test.Broker.CountPendingAsync());
        Assert.Null(await test.Broker.ReceiveAsync(TimeSpan.Zero));
        await using Administrator administrator = new(server.Url);
        Assert.Equal(1, await administrator.CountMessagesAsync(test.Stream));
    }

    [Fact]
    public async Task A_full_stream_refuses_events_and_takes_them_when_there_is_room()
    {
        await using TestBroker test = TestBroker.Create(server.Url, options => options.MaximumBytes = 2_000);
        BrokerMessage[] messages = [.. Enumerable.Range(0, 20).Select(_ => test.NewMessage())];
        IReadOnlyList<PublishOutcome> outcomes = await test.Broker.PublishAsync(messages);
        Assert.Contains(PublishOutcome.Accepted, outcomes);
        Assert.Contains(PublishOutcome.Failed, outcomes);
        await test.Broker.PublishAsync([.. messages.Where((_, index) => outcomes[index] == PublishOutcome.Failed)]);
        Assert.Single(test.Log.Lines, line => line.Id == 2005);

        HashSet<string> received = [];
        while (received.Count < messages.Length)
        {
            await test.Broker.PublishAsync([.. messages.Where(message => !received.Contains(message.Event.Id))]);
            while (await test.Broker.ReceiveAsync(TimeSpan.Zero) is { } delivery)
            {
                received.Add(delivery.Event.Id);
                await delivery.AcknowledgeAsync();
            }
        }
    }

    [Fact]
    public async Task An_account_without_JetStream_is_told_so()
    {
        await using NatsServerProcess plain = await NatsServerProcess.CreateAsync("accounts { A { users: [ { user: a, password: b } ] } }");
        await using TestBroker test = TestBroker.Create($"nats://a:b@127.0.0.1:{plain.Port}");
        EventChannelException refused = await Assert.ThrowsAsync<EventChannelException>(() => test.Broker.CountPendingAsync());
        Assert.Contains("no JetStream for this account", refused.Message, StringComparison.Ordinal);
    }

    private static StreamConfig NewStream(string migration) => new($"dbmove-{migration}", [$"dbmove.{migration}.*.inconsistent"])
    {
        Retention = StreamConfigRetention.Workqueue,
        Discard = StreamConfigDiscard.New,
        DuplicateWindow = TimeSpan.FromMinutes(1),
    };

    private static void AssertSame(StreamConfig before, StreamConfig after) =>
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(before), System.Text.Json.JsonSerializer.Serialize(after));
}
