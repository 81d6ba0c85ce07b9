using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Validation;

public sealed class IncrementalValidationTests
{
    /// <summary>The naive way: a cursor on a time stamp sees no deletes, and skips equal stamps at the border.</summary>
    [Fact]
    public async Task P23_Follows_every_write_and_delete_by_its_key()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        CustomerRepository customers = new(migration);
        await migration.Validation.StartIncrementalAsync();
        await customers.UpdateAsync(new Customer { Id = 1, Name = "newer" });
        await customers.DeleteAsync(2);
        await customers.DeleteAsync(3);
        await Shop.SettleAsync(migration);
        shop.Run(Side.Target, "INSERT INTO customer VALUES (2, 'back', NULL)");

        VerificationReport report = await migration.Validation.VerifyPendingAsync();

        Assert.Equal(new VerificationReport(2, 1, 0), report);
        Assert.Equal(["base_missing|[\"[\\u00222\\u0022]\"]"], shop.Rows(Side.Target, "SELECT kind, key_list FROM dbmove_event"));
        Assert.Equal(0, shop.Count(Side.Source, "dbmove_check"));
    }

    [Fact]
    public async Task Off_keeps_no_key_of_a_write_but_every_repaired_key()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        CustomerRepository customers = new(migration);
        await customers.InsertAsync(new Customer { Id = 10, Name = "dual" });
        await Shop.SettleAsync(migration);
        Assert.Equal(0, shop.Count(Side.Source, "dbmove_check"));

        await Shop.ValidateAsync(migration);
        await Shop.FixAsync(migration);
        Assert.Equal(["repair"], shop.Rows(Side.Source, "SELECT DISTINCT origin FROM dbmove_check"));
        Assert.False((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "repairs_verified").IsMet);

        Assert.Equal(new VerificationReport(3, 0, 0), await migration.Validation.VerifyPendingAsync());
        Assert.True((await migration.CheckGateAsync(Stage.TargetFirst)).Conditions.Single(condition => condition.Name == "repairs_verified").IsMet);
    }

    [Fact]
    public async Task A_key_with_an_open_intent_waits()
    {
        await using Shop shop = Shop.Create(customers: 2);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        CustomerRepository customers = new(migration);
        await migration.Validation.StartIncrementalAsync();
        await customers.UpdateAsync(new Customer { Id = 1, Name = "first" });
        await Shop.SettleAsync(migration);
        At.Crash(migration, "write.authority_committed");
        await Assert.ThrowsAsync<CrashException>(() => customers.UpdateAsync(new Customer { Id = 1, Name = "second" }));

        Assert.Equal(new VerificationReport(0, 0, 1), await migration.Validation.VerifyPendingAsync());
        Assert.Equal(1, shop.Count(Side.Source, "dbmove_check"));

        await Shop.SettleAsync(migration);
        Assert.Equal(0, (await migration.Validation.VerifyPendingAsync()).Pending);
        Assert.Equal(0, shop.Count(Side.Source, "dbmove_check"));
        Assert.Equal(0, await migration.Events.CountOpenAsync());
    }

    [Fact]
    public async Task Keys_that_the_former_authority_kept_are_verified_after_a_switch()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await migration.Validation.StartIncrementalAsync();
        await new CustomerRepository(migration).InsertAsync(new Customer { Id = 1, Name = "a" });
        await Shop.SettleAsync(migration);
        await migration.SwitchAsync(Stage.TargetFirst, Shop.Forced);

        Assert.Equal(new VerificationReport(1, 0, 0), await migration.Validation.VerifyPendingAsync());
        Assert.Equal(0, shop.Count(Side.Source, "dbmove_check"));
    }

    [Fact]
    public async Task A_difference_that_a_switch_overtook_is_named_as_the_new_stage_sees_it()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await migration.Validation.StartIncrementalAsync();
        await new CustomerRepository(migration).InsertAsync(new Customer { Id = 1, Name = "a" });
        await Shop.SettleAsync(migration);
        shop.Run(Side.Target, "DELETE FROM customer");
        int passed = 0;
        migration.Context.Probes.Handler = async (point, _) =>
        {
            if (point == "validation.suspects" && Interlocked.Increment(ref passed) == 1)
            {
                await migration.SwitchAsync(Stage.TargetFirst, Shop.Forced);
            }
        };

        Assert.Equal(new VerificationReport(0, 0, 1), await migration.Validation.VerifyPendingAsync());
        Assert.Equal(0, await migration.Events.CountOpenAsync());

        Assert.Equal(new VerificationReport(0, 1, 0), await migration.Validation.VerifyPendingAsync());
        InconsistencyEvent found = (await migration.Events.ReceiveAsync(TimeSpan.Zero))!.Event;
        Assert.Equal((InconsistencyKind.MissingInTarget, Side.Target), (found.Kind, found.Base));
    }
}
