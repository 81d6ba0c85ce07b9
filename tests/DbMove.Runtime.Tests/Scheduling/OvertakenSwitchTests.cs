using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Scheduling;

/// <summary>Who comes too late is told so, and told where the migration stands.</summary>
public sealed class OvertakenSwitchTests
{
    [Theory]
    [InlineData(Stage.Initial, Stage.SourceOnly, 1)]
    [InlineData(Stage.SourceOnly, Stage.SourceFirst, 2)]
    [InlineData(Stage.SourceFirst, Stage.TargetFirst, 3)]
    public async Task A_switch_that_another_overtakes_behind_the_gate_changes_nothing_and_says_where_the_migration_stands(Stage from, Stage to, long epoch)
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration late = await shop.StartAsync(from);
        Migration fast = await shop.StartAsync();
        Hold gated = Hold.At(late, "switch.gated");
        Task<SwitchResult> overtaken = late.SwitchAsync(to, Shop.Forced);
        await gated.Reached;

        await fast.SwitchAsync(to, Shop.Forced);
        gated.Release();

        EpochMovedException moved = await Assert.ThrowsAsync<EpochMovedException>(() => overtaken);
        Assert.Equal((to, to, epoch), (moved.From, moved.To, moved.Epoch));
        Assert.Equal(epoch, (await late.ReadStageAsync()).Epoch);
    }

    [Fact]
    public async Task A_stale_epoch_is_told_from_a_step_that_there_is_not()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceOnly);

        EpochMovedException moved = await Assert.ThrowsAsync<EpochMovedException>(() => migration.SwitchAsync(Stage.SourceFirst, new SwitchOptions { ExpectedEpoch = 7 }));
        Assert.Equal((Stage.SourceOnly, 1), (moved.From, moved.Epoch));

        StageTransitionException none = await Assert.ThrowsAsync<StageTransitionException>(() => migration.SwitchAsync(Stage.TargetOnly));
        Assert.IsNotType<EpochMovedException>(none);
    }

    [Fact]
    public async Task Status_shows_whether_incremental_validation_is_on_and_totals_count_without_a_listener()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        Assert.True(migration.IsStarted);
        Assert.False((await migration.GetStatusAsync()).IsIncremental);

        await migration.Validation.StartIncrementalAsync();
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync();

        MigrationStatus status = await migration.GetStatusAsync();
        Assert.True(status.IsIncremental);
        Assert.Equal(new EventSummary(0, 0), status.Events);
        Assert.Equal(3, migration.Totals.RowsBackfilled);
        Assert.NotNull(migration.Totals.LastSwitchPause);
        await migration.StopAsync();
        Assert.False(migration.IsStarted);
    }
}
