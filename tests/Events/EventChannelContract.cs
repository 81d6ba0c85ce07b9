namespace DbMove.Tests.Events;

/// <summary>What every channel promises; one suite for all of them.</summary>
public abstract class EventChannelContract : IAsyncLifetime
{
    private int _ids;

    protected abstract IEventChannel Channel { get; }

    /// <summary>The migration's name.</summary>
    protected virtual string Migration => "shop";

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task An_event_arrives_as_it_was_published()
    {
        InconsistencyEvent published = Event("[\"1\"]", "[\"a,\\\"b\"]") with { Kind = InconsistencyKind.MissingInSource, Base = Side.Target };
        await Channel.PublishAsync([published]);

        InconsistencyEvent received = (await ReceiveAsync()).Event;

        Assert.Equal(published with { Keys = received.Keys, Attempts = 1 }, received);
        Assert.Equal(published.Keys, received.Keys);
    }

    [Fact]
    public async Task Events_come_oldest_first_and_none_twice_at_a_time()
    {
        await Channel.PublishAsync([Event("[\"1\"]"), Event("[\"2\"]")]);

        Assert.Equal(["[\"1\"]"], (await ReceiveAsync()).Event.Keys);
        Assert.Equal(["[\"2\"]"], (await ReceiveAsync()).Event.Keys);
        Assert.Null(await Channel.ReceiveAsync(TimeSpan.Zero));
        Assert.Equal(2, await Channel.CountOpenAsync());
    }

    [Fact]
    public async Task Consumers_that_ask_at_once_share_the_events()
    {
        await Channel.PublishAsync([.. Enumerable.Range(0, 20).Select(number => Event($"[\"{number}\"]"))]);

        EventDelivery?[] deliveries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Channel.ReceiveAsync(TimeSpan.FromSeconds(20)))));

        Assert.Equal(20, deliveries.Select(delivery => delivery!.Event.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_completed_event_is_gone()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);

        Assert.True(await (await ReceiveAsync()).CompleteAsync());

        Assert.Equal(0, await Channel.CountOpenAsync());
        await ExpireAsync();
        Assert.Null(await Channel.ReceiveAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task P28_The_event_of_a_dead_consumer_comes_back_and_the_dead_one_can_neither_give_it_back_nor_up()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);
        EventDelivery dead = await ReceiveAsync();
        await ExpireAsync();

        EventDelivery again = await ReceiveAsync();

        Assert.Equal(2, again.Event.Attempts);
        Assert.False(await dead.ExtendAsync());
        Assert.False(await dead.RetryAsync("late", TimeSpan.Zero));
        Assert.False(await dead.ReturnAsync(TimeSpan.Zero));
        Assert.False(await dead.GiveUpAsync("late"));
        Assert.Equal(1, await Channel.CountOpenAsync());
        Assert.True(await again.CompleteAsync());
    }

    [Fact]
    public async Task P28_A_consumer_that_gives_signs_of_life_keeps_its_event_beyond_the_lease()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);
        EventDelivery slow = await ReceiveAsync();
        for (int lease = 0; lease <= MaximumAttempts; lease++)
        {
            await ExpireAsync();
            Assert.True(await slow.ExtendAsync());
            Assert.Null(await Channel.ReceiveAsync(TimeSpan.Zero));
        }

        Assert.True(await slow.RetryAsync("again", TimeSpan.Zero));
        await ExpireAsync();
        Assert.Equal(2, (await ReceiveAsync()).Event.Attempts);
    }

    [Fact]
    public async Task P28_What_was_repaired_after_its_lease_had_run_out_is_done()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);
        EventDelivery late = await ReceiveAsync();
        await ExpireAsync();
        EventDelivery other = await ReceiveAsync();

        Assert.True(await late.CompleteAsync());

        Assert.Equal(0, await Channel.CountOpenAsync());
        Assert.False(await other.RetryAsync("busy", TimeSpan.Zero));
        Assert.False(await other.CompleteAsync());
        Assert.Equal(0, await Channel.CountOpenAsync());
    }

    [Fact]
    public async Task P28_What_was_given_up_or_brought_back_meanwhile_cannot_be_ended_by_a_consumer_of_before()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);
        EventDelivery late = await ReceiveAsync();
        await ExpireAsync();
        await (await ReceiveAsync()).GiveUpAsync("bad");

        Assert.False(await late.CompleteAsync());
        Assert.Single(await Channel.ListDeadAsync(10));
        await Channel.RetryDeadAsync();
        Assert.False(await late.CompleteAsync());

        Assert.True(await (await ReceiveAsync()).CompleteAsync());
    }

    [Fact]
    public async Task A_retried_event_stays_away_for_its_delay()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);

        await (await ReceiveAsync()).RetryAsync("busy", TimeSpan.FromHours(1));

        Assert.Null(await Channel.ReceiveAsync(TimeSpan.Zero));
        await ExpireAsync();
        Assert.Equal(2, (await ReceiveAsync()).Event.Attempts);
    }

    [Fact]
    public async Task A_returned_event_stays_away_for_its_delay_and_its_delivery_does_not_count()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);
        await (await ReceiveAsync()).RetryAsync("counts", TimeSpan.Zero);
        for (int attempt = 1; attempt <= MaximumAttempts + 1; attempt++)
        {
            Assert.True(await (await ReceiveAsync()).ReturnAsync(TimeSpan.FromHours(1)));
            Assert.Null(await Channel.ReceiveAsync(TimeSpan.Zero));
            await ExpireAsync();
        }

        Assert.Equal(2, (await ReceiveAsync()).Event.Attempts);
        Assert.Empty(await Channel.ListDeadAsync(10));
    }

    [Fact]
    public async Task P27_A_poison_event_dies_after_its_tries_with_its_reason_and_does_not_block_the_others()
    {
        await Channel.PublishAsync([Event("[\"1\"]"), Event("[\"2\"]")]);
        for (int attempt = 1; attempt <= MaximumAttempts; attempt++)
        {
            EventDelivery poison = await ReceiveAsync();
            Assert.Equal(["[\"1\"]"], poison.Event.Keys);
            await poison.RetryAsync("bad", TimeSpan.Zero);
        }

        Assert.Equal(["[\"2\"]"], (await ReceiveAsync()).Event.Keys);
        DeadEvent buried = Assert.Single(await Channel.ListDeadAsync(10));
        Assert.Equal(("[\"1\"]", "bad"), (buried.Event.Keys[0], buried.Reason));
        Assert.Equal(2, await Channel.CountOpenAsync());
    }

    [Fact]
    public async Task P27_An_event_that_kills_its_consumers_dies_too()
    {
        await Channel.PublishAsync([Event("[\"1\"]")]);
        for (int attempt = 1; attempt <= MaximumAttempts; attempt++)
        {
            await ReceiveAsync();
            await ExpireAsync();
        }

        Assert.Null(await Channel.ReceiveAsync(TimeSpan.Zero));
        Assert.Single(await Channel.ListDeadAsync(10));
    }

    [Fact]
    public async Task Dead_events_are_brought_back_or_dropped_by_decision_only()
    {
        InconsistencyEvent[] events = [Event("[\"1\"]"), Event("[\"2\"]"), Event("[\"3\"]")];
        await Channel.PublishAsync(events);
        foreach (InconsistencyEvent _ in events)
        {
            await (await ReceiveAsync()).GiveUpAsync("no such entity");
        }

        Assert.Equal(1, await Channel.RetryDeadAsync([events[1].Id]));
        Assert.Equal((events[1].Id, 1), ((await ReceiveAsync()) is { } back ? (back.Event.Id, back.Event.Attempts) : default));
        Assert.Equal(1, await Channel.DropDeadAsync([events[0].Id]));
        Assert.Equal(2, await Channel.CountOpenAsync());
        Assert.Equal(events[2].Id, Assert.Single(await Channel.ListDeadAsync(10)).Event.Id);
        Assert.Equal(1, await Channel.DropDeadAsync());
    }

    [Fact]
    public async Task A_waiting_consumer_gets_what_is_published()
    {
        Task<EventDelivery?> waiting = Channel.ReceiveAsync(TimeSpan.FromSeconds(20));
        await Channel.PublishAsync([Event("[\"1\"]")]);

        Assert.NotNull(await waiting);
    }

    protected const int MaximumAttempts = 3;

    /// <summary>Lets every lease and delay run out.</summary>
    protected abstract ValueTask ExpireAsync();

    private async Task<EventDelivery> ReceiveAsync()
    {
        EventDelivery? delivery = await Channel.ReceiveAsync(TimeSpan.Zero);
        Assert.NotNull(delivery);
        return delivery;
    }

    private InconsistencyEvent Event(params string[] keys) => new()
    {
        Id = $"event-{++_ids}",
        Migration = Migration,
        Entity = "customer",
        Kind = InconsistencyKind.Different,
        Base = Side.Source,
        Keys = keys,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
    };
}
