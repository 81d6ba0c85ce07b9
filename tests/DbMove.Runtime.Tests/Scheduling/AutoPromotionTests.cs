using DbMove.Runtime.Tests.Setup;
using Microsoft.Extensions.Time.Testing;

namespace DbMove.Runtime.Tests.Scheduling;

/// <summary>Promotes after the set time, never before, and never past anything that a person should see. The audit, read by plain SQL, is the oracle.</summary>
public sealed class AutoPromotionTests
{
    private const string Audit = "SELECT from_stage, to_stage, epoch, overridden FROM dbmove_audit WHERE changed_by LIKE 'auto-promotion%' ORDER BY id";

    private static readonly TimeSpan s_openFor = TimeSpan.FromMinutes(1);

    private readonly WallClock _time = new();

    [Fact]
    public async Task It_promotes_after_exactly_the_set_time_and_leaves_its_reason()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await ReadyAsync(shop);
        await CountAsync(migration, seconds: 50);
        await LookAfterAsync(migration, TimeSpan.FromSeconds(9.999));
        AutoPromotionStatus status = (await migration.GetStatusAsync()).AutoPromotion!;
        Assert.Equal((Stage.TargetFirst, AutoPromotionState.Counting, TimeSpan.FromSeconds(59.999)), (status.To, status.State, status.HasBeenOpenFor));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMilliseconds(1), status.PromotesAt);
        Assert.Empty(shop.Rows(Side.Source, Audit));

        await LookAfterAsync(migration, TimeSpan.FromMilliseconds(1));

        Assert.Equal(Stage.TargetFirst, migration.Stage);
        Assert.Equal(["src_first|dst_first|3|0"], shop.Rows(Side.Source, Audit));
        string[] row = shop.Rows(Side.Source, "SELECT reason, changed_by, gate FROM dbmove_audit WHERE epoch = 3")[0].Split('|');
        Assert.StartsWith("auto-promotion: the gate was open for 60 s (", row[0], StringComparison.Ordinal);
        Assert.Contains("full_validation_clean", row[0], StringComparison.Ordinal);
        Assert.Contains($"{Environment.MachineName}, process {Environment.ProcessId}", row[1], StringComparison.Ordinal);
        Assert.DoesNotContain("\"met\":false", row[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_did_not_ask_for_it_is_never_promoted()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceOnly, options => options.AutoPromotion.To(Stage.TargetOnly, s_openFor), _time);

        await CountAsync(migration, seconds: 600);

        Assert.Equal(Stage.SourceOnly, migration.Stage);
        Assert.Null((await migration.GetStatusAsync()).AutoPromotion);
        Assert.Empty((await shop.StartAsync()).AutoPromotion.CreateWork());
    }

    /// <summary>What closes the gate, or stands beside it, and what takes that away again.</summary>
    [Theory]
    [InlineData(Stage.TargetFirst, "INSERT INTO dbmove_check (migration, entity, key, origin, created_at) VALUES ('shop', 'customer', '[\"1\"]', 'repair', 0)", "DELETE FROM dbmove_check", "repairs_verified")]
    [InlineData(Stage.TargetFirst, "ALTER TABLE customer RENAME COLUMN email TO mail", "ALTER TABLE customer RENAME COLUMN mail TO email", "schema_check")]
    [InlineData(Stage.TargetOnly, "UPDATE dbmove_validation SET state = 'inconclusive'", "UPDATE dbmove_validation SET state = 'clean'", "inconclusive")]
    [InlineData(Stage.TargetOnly, "UPDATE dbmove_validation SET state = 'running'", "UPDATE dbmove_validation SET state = 'clean'", "under way")]
    [InlineData(Stage.TargetOnly, "UPDATE dbmove_validation SET state = 'stopped'", "UPDATE dbmove_validation SET state = 'clean'", "stopped")]
    [InlineData(Stage.TargetOnly, "UPDATE dbmove_validation SET state = 'failed'", "UPDATE dbmove_validation SET state = 'clean'", "failed")]
    [InlineData(Stage.TargetOnly, "UPDATE dbmove_validation SET state = 'differences'", "UPDATE dbmove_validation SET state = 'clean'", "differences")]
    [InlineData(Stage.TargetOnly, "INSERT INTO dbmove_intent (migration, entity, key, operation, epoch, created_at, parked_at, reason) VALUES ('shop', 'customer', '[\"1\"]', 'update', 4, 0, 1, 'x')", "DELETE FROM dbmove_intent", "parked")]
    [InlineData(Stage.Completed, "INSERT INTO dbmove_intent (migration, entity, key, operation, epoch, created_at, parked_at, reason) VALUES ('shop', 'customer', '[\"1\"]', 'update', 4, 0, 1, 'x')", "DELETE FROM dbmove_intent", "parked")]
    [InlineData(Stage.TargetOnly, "ALTER TABLE dbmove_audit RENAME TO dbmove_audit_gone", "ALTER TABLE dbmove_audit_gone RENAME TO dbmove_audit", "look at the gate failed")]
    public async Task Whatever_is_in_the_way_begins_the_time_anew(Stage to, string obstruct, string clear, string reason)
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await ReadyAsync(shop, to);
        await CountAsync(migration, seconds: 50);

        shop.Run(Side.Target, obstruct);
        await LookAfterAsync(migration, TimeSpan.FromSeconds(5));
        AutoPromotionStatus status = migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!;
        shop.Run(Side.Target, clear);

        Assert.Equal((AutoPromotionState.Waiting, null), (status.State, status.PromotesAt));
        Assert.Contains(reason, status.Detail, StringComparison.Ordinal);
        await AssertBeginsAnewAsync(migration, to);
    }

    [Fact]
    public async Task A_dead_event_begins_the_time_anew()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await ReadyAsync(shop, Stage.Completed);
        await CountAsync(migration, seconds: 50);

        await migration.Events.PublishAsync([new InconsistencyEvent { Id = "e", Migration = "shop", Entity = "customer", Kind = InconsistencyKind.Different, Base = Side.Target, CreatedAt = _time.GetUtcNow(), Keys = ["[\"1\"]"] }]);
        await (await migration.Events.ReceiveAsync(TimeSpan.Zero))!.GiveUpAsync("hopeless");
        await LookAfterAsync(migration, TimeSpan.FromSeconds(5));
        Assert.Contains("dead event", migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!.Detail, StringComparison.Ordinal);
        await migration.Events.DropDeadAsync();

        await AssertBeginsAnewAsync(migration, Stage.Completed);
    }

    [Theory, InlineData(Side.Source), InlineData(Side.Target)]
    public async Task A_side_out_of_reach_begins_the_time_anew(Side side)
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await ReadyAsync(shop);
        await CountAsync(migration, seconds: 50);

        using (shop.TakeAway(side))
        {
            await LookAfterAsync(migration, TimeSpan.FromSeconds(5));
            Assert.Equal(AutoPromotionState.Waiting, migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!.State);
        }

        await AssertBeginsAnewAsync(migration, Stage.TargetFirst);
    }

    [Fact]
    public async Task A_process_that_was_frozen_begins_the_time_anew()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await ReadyAsync(shop);
        await CountAsync(migration, seconds: 30);

        await LookAfterAsync(migration, TimeSpan.FromSeconds(31));

        Assert.Equal(TimeSpan.Zero, migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!.HasBeenOpenFor);
        await AssertBeginsAnewAsync(migration, Stage.TargetFirst);
    }

    [Fact]
    public async Task A_suspended_machine_or_a_clock_that_was_set_begins_the_time_anew()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await ReadyAsync(shop);
        await CountAsync(migration, seconds: 30);

        _time.Jump += TimeSpan.FromHours(5);
        await LookAfterAsync(migration, TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!.HasBeenOpenFor);
        await CountAsync(migration, seconds: 30);
        _time.Jump -= TimeSpan.FromHours(7);

        await AssertBeginsAnewAsync(migration, Stage.TargetFirst);
    }

    [Fact]
    public async Task Two_instances_switch_once()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration first = await ReadyAsync(shop);
        Migration second = await shop.StartAsync(Configure, _time);
        await CountAsync([first, second], seconds: 50);
        (Hold one, Hold two) = (Hold.At(first, "promotion.due"), Hold.At(second, "promotion.due"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Task looks = Task.WhenAll(Task.Run(() => first.AutoPromotion.LookAsync(default)), Task.Run(() => second.AutoPromotion.LookAsync(default)));
        await Task.WhenAll(one.Reached, two.Reached);

        one.Release();
        two.Release();
        await looks;

        Assert.Equal(["src_first|dst_first|3|0"], shop.Rows(Side.Source, Audit));
        Assert.Empty(shop.Rows(Side.Target, Audit));
        foreach (Migration each in (Migration[])[first, second])
        {
            await each.AutoPromotion.LookAsync(default);
            Assert.Equal((Stage.TargetFirst, 3), (each.Stage, each.Epoch));
        }
    }

    [Fact]
    public async Task An_instance_that_is_late_does_not_undo_a_rollback()
    {
        await using Shop shop = Shop.Create();
        Migration late = await shop.StartAsync(Stage.SourceOnly, Configure, _time);
        Migration prompt = await shop.StartAsync(Configure, _time);
        await CountAsync([late, prompt], seconds: 50);
        Hold hold = Hold.At(late, "promotion.due");
        _time.Advance(TimeSpan.FromSeconds(10));
        Task look = Task.Run(() => late.AutoPromotion.LookAsync(default));
        await hold.Reached;
        await prompt.AutoPromotion.LookAsync(default);
        await prompt.SwitchAsync(Stage.SourceOnly, new SwitchOptions { ChangedBy = "a person" });

        hold.Release();
        await look;

        Assert.Equal("a person", shop.Rows(Side.Source, "SELECT changed_by FROM dbmove_audit ORDER BY id DESC LIMIT 1")[0]);
    }

    [Fact]
    public async Task A_step_that_was_taken_back_is_for_a_person()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await ReadyAsync(shop);
        await CountAsync(migration, seconds: 60);
        Assert.Equal(Stage.TargetFirst, migration.Stage);
        await Shop.ValidateAsync(migration);
        await migration.SwitchAsync(Stage.SourceFirst, new SwitchOptions { ChangedBy = "a person" });
        await Shop.ValidateAsync(migration);

        // Neither time nor a restart nor another instance takes it again.
        Migration restarted = await shop.StartAsync(Configure, _time);
        await CountAsync([migration, restarted], seconds: 300);
        foreach (Migration each in (Migration[])[migration, restarted])
        {
            Assert.Equal(AutoPromotionState.Held, (await each.GetStatusAsync()).AutoPromotion!.State);
        }

        Assert.Equal("dst_first|src_first|a person", shop.Rows(Side.Target, "SELECT from_stage, to_stage, changed_by FROM dbmove_audit ORDER BY id DESC LIMIT 1")[0]);

        // The gate would wait for it: it looks at nothing any more.
        await restarted.StopAsync();

        // Nor does another step forward in between.
        await migration.SwitchAsync(Stage.SourceOnly);
        await migration.SwitchAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        await Shop.ValidateAsync(migration);
        await CountAsync(migration, seconds: 300);
        Assert.Equal(Stage.SourceFirst, migration.Stage);

        // By hand, and what follows is free again.
        await migration.SwitchAsync(Stage.TargetFirst);
        await CountAsync(migration, seconds: 60);
        Assert.Equal(Stage.TargetOnly, migration.Stage);
    }

    [Fact]
    public async Task A_switch_that_was_abandoned_begins_the_time_anew()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceOnly, options =>
        {
            Configure(options);
            options.PauseBudget = TimeSpan.FromMilliseconds(50);
        }, _time);
        await CountAsync(migration, seconds: 50);

        await using (shop.Hold(Side.Source))
        {
            await LookAfterAsync(migration, TimeSpan.FromSeconds(10));
            AutoPromotionStatus status = migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)!;
            Assert.Equal(AutoPromotionState.Waiting, status.State);
            Assert.Contains("did not succeed", status.Detail, StringComparison.Ordinal);
        }

        await AssertBeginsAnewAsync(migration, Stage.SourceFirst);
    }

    [Fact]
    public async Task Completed_is_reached_only_by_its_own_name()
    {
        await using Shop shop = Shop.Create();
        MigrationConfigurationException refused = await Assert.ThrowsAsync<MigrationConfigurationException>(() => shop.StartAsync(options => options.AutoPromotion.To(Stage.Completed, s_openFor)));
        Assert.Contains("ToCompletedWithoutWayBack", refused.Message, StringComparison.Ordinal);

        Migration migration = await ReadyAsync(shop, Stage.Completed);
        await CountAsync(migration, seconds: 60);

        Assert.Equal(Stage.Completed, migration.Stage);
        Assert.Null((await migration.GetStatusAsync()).AutoPromotion);
    }

    [Fact]
    public async Task Options_that_cannot_work_are_named()
    {
        await using Shop shop = Shop.Create();
        MigrationConfigurationException refused = await Assert.ThrowsAsync<MigrationConfigurationException>(() => shop.StartAsync(options =>
            options.AutoPromotion.To(Stage.Initial, s_openFor).To(Stage.TargetFirst, TimeSpan.FromSeconds(9)).To((Stage)9, s_openFor).Interval = TimeSpan.FromSeconds(10)));

        foreach (string named in (string[])["names Initial", "to TargetFirst: openFor is 00:00:09", "names 9"])
        {
            Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_background_work_does_it_and_health_shows_it()
    {
        await using Shop shop = Shop.Create();
        using LogWitness promoted = new(eventId: 1608);
        Migration migration = await shop.StartAsync(Stage.SourceOnly, options =>
        {
            options.RunBackgroundWork = true;
            options.AutoPromotion.To(Stage.SourceFirst, TimeSpan.FromMilliseconds(50)).Interval = TimeSpan.FromMilliseconds(50);
        }, loggers: promoted);

        Assert.Contains("promoted to src_first", await promoted.Seen, StringComparison.Ordinal);

        Assert.Equal("src_first", shop.Rows(Side.Source, "SELECT to_stage FROM dbmove_audit WHERE changed_by LIKE 'auto-promotion%'").Single());
        Assert.Contains((await migration.CheckHealthAsync()).Entries, entry => entry is { Name: "loop_promotion", Status: HealthStatus.Healthy });
    }

    /// <summary>A migration before a stage, with nothing in the way to it.</summary>
    private async Task<Migration> ReadyAsync(Shop shop, Stage to = Stage.TargetFirst)
    {
        Migration migration = await shop.StartAsync(Stage.SourceFirst, Configure, _time);
        await Shop.BackfillAsync(migration);
        await Shop.ValidateAsync(migration);
        while (migration.Stage + 1 < to)
        {
            await migration.SwitchAsync(migration.Stage + 1);
        }

        return migration;
    }

    private static void Configure(MigrationOptions options)
    {
        options.AutoPromotion.To(Stage.SourceFirst, s_openFor).To(Stage.TargetFirst, s_openFor).To(Stage.TargetOnly, s_openFor).ToCompletedWithoutWayBack(s_openFor);
        options.Gate.MaximumIntentAge = TimeSpan.FromDays(1);
    }

    /// <summary>Looks now, and again every ten seconds for so long.</summary>
    private Task CountAsync(Migration migration, int seconds) => CountAsync([migration], seconds);

    private async Task CountAsync(Migration[] migrations, int seconds)
    {
        for (int second = 0; second <= seconds; second += 10)
        {
            _time.Advance(TimeSpan.FromSeconds(second == 0 ? 0 : 10));
            foreach (Migration migration in migrations)
            {
                await migration.AutoPromotion.LookAsync(default);
            }
        }
    }

    private async Task LookAfterAsync(Migration migration, TimeSpan time)
    {
        _time.Advance(time);
        await migration.AutoPromotion.LookAsync(default);
    }

    /// <summary>The whole time passes again before the promotion.</summary>
    private async Task AssertBeginsAnewAsync(Migration migration, Stage to)
    {
        await CountAsync(migration, seconds: 50);
        Assert.Equal(to - 1, migration.Stage);
        await LookAfterAsync(migration, TimeSpan.FromSeconds(10));
        Assert.True(to == migration.Stage, migration.AutoPromotion.StatusIn(migration.Context.Stage.Last!)?.Detail);
    }

    /// <summary>The clock on the wall jumps, as after a suspension, and the one that nobody sets does not see it.</summary>
    private sealed class WallClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        public TimeSpan Jump { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Jump;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
