using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Backfill;

/// <summary>Writes, take-overs and switches between the moment in which a range was read and the one in which it is written.</summary>
public sealed class BackfillRaceTests
{
    [Fact]
    public async Task P05_An_update_that_races_with_the_range_wins()
    {
        await using Shop shop = Shop.Create(customers: 5);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        CustomerRepository customers = new(migration);
        At.Point(migration, "backfill.range_read", 1, () => customers.UpdateAsync(new Customer { Id = 3, Name = "newer" }));

        await Shop.BackfillAsync(migration);

        Assert.Contains("3|newer|null", shop.Customers(Side.Target));
        shop.AssertEqual();
    }

    [Fact]
    public async Task P05_A_row_deleted_inside_the_claim_comes_back_and_the_validation_that_follows_removes_it()
    {
        await using Shop shop = Shop.Create(customers: 5);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        CustomerRepository customers = new(migration);
        At.Point(migration, "backfill.range_read", 1, () => customers.DeleteAsync(3));
        await Shop.BackfillAsync(migration);
        await Shop.SettleAsync(migration);

        ValidationReport first = await Shop.ValidateAsync(migration);
        Assert.Equal((ValidationState.Differences, 1), (first.State, first.Entities.Single(entity => entity.Entity == "customer").MissingInSource));
        await Assert.ThrowsAsync<GateClosedException>(() => migration.SwitchAsync(Stage.TargetFirst));
        await Shop.FixAsync(migration);
        shop.AssertEqual();

        await migration.Validation.VerifyPendingAsync();
        Assert.Equal(ValidationState.Clean, (await Shop.ValidateAsync(migration)).State);
        Assert.Equal(Stage.TargetFirst, (await migration.SwitchAsync(Stage.TargetFirst)).To);
    }

    [Fact]
    public async Task P43_A_worker_that_wakes_after_its_range_was_taken_over_brings_nothing_back()
    {
        await using Shop shop = Shop.Create(customers: 5);
        Migration sleeper = await shop.StartAsync(Stage.SourceFirst);
        Hold hold = Hold.At(sleeper, "backfill.range_read");
        await sleeper.Backfill.StartAsync();
        await hold.Reached;
        shop.ExpireClaims();

        Migration other = await shop.StartAsync();
        Assert.Equal(BackfillState.Completed, (await Shop.BackfillAsync(other)).State);
        await new CustomerRepository(other).DeleteAsync(3);
        await Shop.SettleAsync(other);
        hold.Release();
        BackfillReport late = await sleeper.Backfill.WaitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(BackfillState.Completed, late.State);
        Assert.DoesNotContain("3|c3|null", shop.Customers(Side.Target));
        shop.AssertEqual();
    }

    [Fact]
    public async Task P43_A_worker_that_wakes_after_a_switch_brings_nothing_back()
    {
        await using Shop shop = Shop.Create(customers: 5);
        Migration sleeper = await shop.StartAsync(Stage.SourceFirst);
        Hold hold = Hold.At(sleeper, "backfill.range_read");
        await sleeper.Backfill.StartAsync();
        await hold.Reached;

        Migration other = await shop.StartAsync();
        await other.SwitchAsync(Stage.TargetFirst, Shop.Forced);
        Assert.Empty(shop.Customers(Side.Target));
        hold.Release();
        BackfillReport late = await sleeper.Backfill.WaitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(BackfillState.Failed, late.State);
        Assert.IsType<StageTransitionException>(late.Failure);
        Assert.Empty(shop.Customers(Side.Target));
    }

    [Fact]
    public async Task P43_A_worker_of_an_earlier_run_of_dual_writing_brings_nothing_back()
    {
        await using Shop shop = Shop.Create(customers: 5);
        Migration sleeper = await shop.StartAsync(Stage.SourceFirst);
        Hold hold = Hold.At(sleeper, "backfill.range_read");
        await sleeper.Backfill.StartAsync();
        await hold.Reached;

        Migration other = await shop.StartAsync();
        await other.SwitchAsync(Stage.SourceOnly, Shop.Forced);
        await new CustomerRepository(other).DeleteAsync(3);
        await other.SwitchAsync(Stage.SourceFirst, Shop.Forced);
        await Shop.BackfillAsync(other);
        hold.Release();
        await sleeper.Backfill.WaitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        shop.AssertEqual();
    }
}
