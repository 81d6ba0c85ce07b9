using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Validation;

/// <summary>P21: a pass that did not come to its end, or could not say what it found, is never taken for "no difference".</summary>
public sealed class NeverFalselyCleanTests
{
    /// <summary>The naive way: the pass returns at its time-out, and returning is success.</summary>
    [Fact]
    public async Task P21_A_time_out_is_inconclusive()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => options.Validation.MaximumDuration = TimeSpan.FromMilliseconds(1));
        Hold hold = Hold.At(migration, "validation.page_read");

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal(ValidationState.Inconclusive, report.State);
        await AssertClosedAsync(migration);
        hold.Release();
    }

    [Fact]
    public async Task P21_A_stopped_pass_says_nothing()
    {
        await using Shop shop = Shop.Create(customers: 2);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        Hold hold = Hold.At(migration, "validation.page_read");
        await migration.Validation.StartFullAsync();
        await hold.Reached;

        await migration.Validation.StopFullAsync();

        Assert.Equal(ValidationState.Stopped, (await migration.Validation.WaitFullAsync()).State);
        await AssertClosedAsync(migration);
    }

    [Fact]
    public async Task P21_A_pass_that_sees_a_switch_is_inconclusive()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        Migration other = await shop.StartAsync();
        await Shop.BackfillAsync(migration);
        At.Point(migration, "validation.page_read", 1, async () =>
        {
            await other.SwitchAsync(Stage.SourceOnly, Shop.Forced);
            await other.SwitchAsync(Stage.SourceFirst, Shop.Forced);
        });

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal((ValidationState.Inconclusive, "the stage changed meanwhile"), (report.State, report.Detail));
    }

    [Fact]
    public async Task P21_Differences_that_cannot_be_published_make_it_inconclusive()
    {
        await using Shop shop = Shop.Create(customers: 2);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        shop.Run(Side.Target, "ALTER TABLE dbmove_event RENAME TO away");

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal((ValidationState.Inconclusive, 2), (report.State, report.Differences));
        Assert.Contains("published", report.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P21_An_error_fails_it()
    {
        await using Shop shop = Shop.Create(customers: 2);
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => options.Validation.Workers = 1);
        At.Point(migration, "validation.page_read", 1, () =>
        {
            shop.Run(Side.Target, "ALTER TABLE purchase RENAME TO away");
            return Task.CompletedTask;
        });

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal(ValidationState.Failed, report.State);
        Assert.Equal(ValidationState.Failed, (await migration.Validation.ReadLastAsync())!.State);
    }

    /// <summary>The naive way: the last finished pass counts, and the crashed one after it is not asked.</summary>
    [Fact]
    public async Task P26_A_pass_whose_process_died_counts_for_nothing_and_hides_the_clean_one_before()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        Assert.Equal(ValidationState.Clean, (await Shop.ValidateAsync(migration)).State);
        Assert.True((await migration.CheckGateAsync(Stage.TargetFirst)).IsOpen);
        shop.Run(Side.Target, "INSERT INTO dbmove_validation (migration, run, epoch, state, source_server, target_server, after_backfill, started_at, rows_compared, differences, undecided, detail) "
            + "SELECT migration, 'dead', epoch, 'running', source_server, target_server, 1, started_at, 0, 0, 0, '' FROM dbmove_validation");

        await AssertClosedAsync(migration);
    }

    /// <summary>The naive way: any clean pass will do, also one from before the last switch or the last repair.</summary>
    [Fact]
    public async Task P25_A_clean_pass_counts_only_when_it_is_later_than_the_backfill_and_the_last_switch()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        Assert.True((await Shop.ValidateAsync(migration)).IsClean);
        await Shop.BackfillAsync(migration);
        await AssertClosedAsync(migration);
        Assert.True((await Shop.ValidateAsync(migration)).IsClean);

        await migration.SwitchAsync(Stage.TargetFirst);

        GateReport back = await migration.CheckGateAsync(Stage.SourceFirst);
        Assert.False(back.Conditions.Single(condition => condition.Name == "full_validation_clean").IsMet);
        Assert.True((await Shop.ValidateAsync(migration)).IsClean);
        Assert.Equal(Stage.SourceFirst, (await migration.SwitchAsync(Stage.SourceFirst)).To);
    }

    private static async Task AssertClosedAsync(Migration migration) =>
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "full_validation_clean").IsMet);
}
