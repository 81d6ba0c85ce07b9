using DbMove.Runtime.Tests.Setup;
using DbMove.Scheduling;

namespace DbMove.Runtime.Tests.Events;

public sealed class EventFixerTests
{
    /// <summary>The naive way: the event carries its direction, and is repaired in it after the switch.</summary>
    [Fact]
    public async Task P01_P02_An_event_from_before_a_switch_is_repaired_in_the_direction_of_the_current_stage()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        shop.AddCustomers(Side.Source, 1, 1);
        Assert.Equal(InconsistencyKind.MissingInTarget, Assert.Single((await Shop.ValidateAsync(migration)).Sample).Kind);
        await migration.SwitchAsync(Stage.TargetFirst, Shop.Forced);
        shop.Run(Side.Target, "INSERT INTO customer VALUES (1, 'newest', NULL)");

        await Shop.FixAsync(migration);

        Assert.Equal(["1|newest|null"], shop.Customers(Side.Source));
        Assert.Equal(["1|newest|null"], shop.Customers(Side.Target));
    }

    [Fact]
    public async Task P27_What_this_process_does_not_know_is_dead_with_its_reason_and_the_next_event_is_repaired()
    {
        await using Shop shop = Shop.Create(customers: 1);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await migration.Events.PublishAsync(
            [Event("1", "invoice", "[\"1\"]"), Event("2", "customer", "[\"x\"]"), Event("3", "customer", "[\"1\"]")]);

        await Shop.FixAsync(migration);

        Assert.Equal(["1", "2"], (await migration.Events.ListDeadAsync(10)).Select(dead => dead.Event.Id));
        Assert.Contains("invoice", (await migration.Events.ListDeadAsync(10))[0].Reason, StringComparison.Ordinal);
        shop.AssertEqual();
    }

    [Fact]
    public async Task A_repair_that_is_refused_is_tried_again_and_ends_as_dead()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(
            Stage.SourceFirst, options => (options.Events.MaximumAttempts, options.Events.RetryDelay) = (2, TimeSpan.FromMinutes(1)));
        shop.Run(Side.Source, "INSERT INTO purchase VALUES (1, 99)");
        await migration.Events.PublishAsync([Event("1", "purchase", "[\"1\"]")]);

        Assert.True(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
        Assert.False(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
        shop.Run(Side.Target, "UPDATE dbmove_event SET visible_at = 0");
        Assert.True(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));

        Assert.Equal(2, Assert.Single(await migration.Events.ListDeadAsync(10)).Event.Attempts);
    }

    [Fact]
    public async Task Promise_2_Events_outlive_a_follower_that_is_away_for_longer_than_all_their_tries()
    {
        await using Shop shop = Shop.Create();
        shop.AddCustomers(Side.Target, 1, 1);
        await shop.StartAsync(Stage.TargetFirst);
        Migration migration = await shop.StartAsync(options =>
            (options.Events.MaximumAttempts, options.PauseBudget, options.LockTimeout) = (2, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200)));
        await migration.Events.PublishAsync([Event("1", "customer", "[\"1\"]")]);
        await using (shop.Hold(Side.Source))
        {
            for (int attempt = 1; attempt <= 3; attempt++)
            {
                Exception passing = await Assert.ThrowsAnyAsync<Exception>(() => migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));
                Assert.True(migration.Context.IsPassing(passing), passing.ToString());
                shop.Run(Side.Target, "UPDATE dbmove_event SET visible_at = 0");
            }
        }

        Assert.Equal(["0|null"], shop.Rows(Side.Target, "SELECT attempts, dead_at FROM dbmove_event"));
        await Shop.FixAsync(migration);
        Assert.Equal(0, await migration.Events.CountOpenAsync());
        shop.AssertEqual();
    }

    /// <summary>The naive way: what is published while a round runs waits for a signal that was already used up.</summary>
    [Fact]
    public async Task P39_The_loop_repairs_what_is_published_while_it_runs()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        using CancellationTokenSource stop = new();
        Task loop = migration.EventFixer.RunAsync(stop.Token);

        await Shop.ValidateAsync(migration);
        while (await migration.Events.CountOpenAsync() > 0)
        {
            await Task.Yield();
        }

        shop.AssertEqual();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop);
    }

    [Fact]
    public async Task Nothing_is_taken_while_one_side_alone_is_written()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await migration.Events.PublishAsync([Event("1", "customer", "[\"1\"]")]);
        await migration.SwitchAsync(Stage.SourceOnly, Shop.Forced);

        Assert.False(await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default));

        Assert.Equal(["0"], shop.Rows(Side.Target, "SELECT attempts FROM dbmove_event"));
    }

    private static InconsistencyEvent Event(string id, string entity, string key) => new()
    {
        Id = id,
        Migration = "shop",
        Entity = entity,
        Kind = InconsistencyKind.MissingInTarget,
        Base = Side.Source,
        Keys = [key],
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
