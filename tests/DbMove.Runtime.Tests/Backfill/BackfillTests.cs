using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Backfill;

public sealed class BackfillTests
{
    [Fact]
    public async Task Copies_everything_parents_first_in_small_chunks_by_several_workers()
    {
        await using Shop shop = Shop.Create(customers: 500);
        shop.Run(Side.Source, "INSERT INTO purchase SELECT id, id FROM customer");
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => (options.Backfill.Workers, options.Backfill.InitialChunk, options.Backfill.MaximumChunk) = (3, 7, 11));
        Assert.False(await migration.Backfill.IsCompleteAsync());

        BackfillReport report = await Shop.BackfillAsync(migration);

        Assert.Equal((BackfillState.Completed, 1000, 1000, 0), (report.State, report.RowsRead, report.RowsInserted, report.RowsDeferred));
        Assert.Equal(["customer", "purchase"], report.Entities.Select(entity => entity.Entity));
        Assert.Equal(12, shop.Count(Side.Target, "dbmove_progress WHERE entity = 'customer' AND done = 1"));
        Assert.True(await migration.Backfill.IsCompleteAsync());
        shop.AssertEqual();
    }

    [Fact]
    public async Task An_empty_table_is_complete()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceFirst);

        Assert.Equal(BackfillState.Completed, (await Shop.BackfillAsync(migration)).State);
        Assert.True(await migration.Backfill.IsCompleteAsync());
    }

    [Fact]
    public async Task Never_overwrites_a_row_of_the_target()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        shop.Run(Side.Target, "INSERT INTO customer VALUES (2, 'newer', NULL)");

        BackfillReport report = await Shop.BackfillAsync(migration);

        Assert.Equal(["1|c1|null", "2|newer|null", "3|c3|null"], shop.Customers(Side.Target));
        Assert.Equal((3, 2), (report.RowsRead, report.RowsInserted));
    }

    [Theory]
    [InlineData(Stage.SourceOnly)]
    [InlineData(Stage.TargetFirst)]
    public async Task Is_refused_in_another_stage(Stage stage)
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(stage);

        StageTransitionException exception = await Assert.ThrowsAsync<StageTransitionException>(() => migration.Backfill.StartAsync());

        Assert.Contains("src_first", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The naive way: the end is "no more rows", and writers add rows as fast as they are copied.</summary>
    [Fact]
    public async Task P35_Does_not_chase_rows_that_come_after_it_was_planned()
    {
        await using Shop shop = Shop.Create(customers: 20);
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => options.Backfill.InitialChunk = options.Backfill.MaximumChunk = 5);
        At.Point(migration, "backfill.range_read", 1, () =>
        {
            shop.AddCustomers(Side.Source, 21, 400);
            return Task.CompletedTask;
        });

        Assert.Equal(20, (await Shop.BackfillAsync(migration)).RowsRead);
    }

    [Fact]
    public async Task A_new_run_of_dual_writing_starts_over()
    {
        await using Shop shop = Shop.Create(customers: 4);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        await migration.SwitchAsync(Stage.SourceOnly, Shop.Forced);
        shop.AddCustomers(Side.Source, 5, 6);
        await migration.SwitchAsync(Stage.SourceFirst, Shop.Forced);
        Assert.False(await migration.Backfill.IsCompleteAsync());

        await Shop.BackfillAsync(migration);

        Assert.True(await migration.Backfill.IsCompleteAsync());
        shop.AssertEqual();
    }

    [Fact]
    public async Task Rows_that_the_target_refuses_get_an_intent_and_the_others_are_placed()
    {
        await using Shop shop = Shop.Create(customers: 40);
        shop.Run(Side.Source, "UPDATE customer SET email = 'taken' WHERE id = 17");
        shop.Run(Side.Source, "INSERT INTO purchase SELECT id, CASE WHEN id = 33 THEN 99 ELSE id END FROM customer");
        shop.Run(Side.Target, "INSERT INTO customer VALUES (1000, 'stray', 'taken')");
        Migration migration = await shop.StartAsync(Stage.SourceFirst);

        BackfillReport report = await Shop.BackfillAsync(migration);

        Assert.Equal((BackfillState.Completed, 80, 77, 3), (report.State, report.RowsRead, report.RowsInserted, report.RowsDeferred));
        Assert.Equal(["customer|[\"17\"]|backfill", "purchase|[\"17\"]|backfill", "purchase|[\"33\"]|backfill"], shop.Rows(Side.Source, "SELECT entity, key, operation FROM dbmove_intent ORDER BY id"));
        Assert.Equal(39, shop.Count(Side.Target, "customer WHERE id <= 40"));
        Assert.Equal(38, shop.Count(Side.Target, "purchase"));
    }

    [Fact]
    public async Task A_stop_gives_the_ranges_back_and_a_start_goes_on()
    {
        await using Shop shop = Shop.Create(customers: 30);
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => options.Backfill.InitialChunk = options.Backfill.MaximumChunk = 10);
        Hold hold = Hold.At(migration, "backfill.range_read", number: 2);
        await migration.Backfill.StartAsync();
        await hold.Reached;
        await migration.Backfill.PauseAsync();
        Assert.Equal(BackfillState.Paused, migration.Backfill.Progress.State);

        await migration.Backfill.StopAsync();

        Assert.Equal(BackfillState.Stopped, (await migration.Backfill.WaitAsync()).State);
        Assert.Equal(0, shop.Count(Side.Target, "dbmove_progress WHERE claim IS NOT NULL AND done = 0"));
        BackfillReport report = await Shop.BackfillAsync(migration);
        Assert.Equal((BackfillState.Completed, 30), (report.State, report.RowsRead));
        shop.AssertEqual();
    }

    [Fact]
    public async Task Resumes_after_a_crash_where_the_last_commit_was()
    {
        await using Shop shop = Shop.Create(customers: 50);
        void InTens(MigrationOptions options) => options.Backfill.InitialChunk = options.Backfill.MaximumChunk = 10;
        Migration first = await shop.StartAsync(Stage.SourceFirst, InTens);
        At.Crash(first, "backfill.before_commit", number: 3);
        await first.Backfill.StartAsync();
        await Assert.ThrowsAsync<CrashException>(() => first.Backfill.WaitAsync());
        long copied = shop.Count(Side.Target, "customer");
        Assert.InRange(copied, 1, 49);
        shop.ExpireClaims();

        Migration second = await shop.StartAsync(InTens);
        BackfillReport report = await Shop.BackfillAsync(second);

        Assert.Equal((BackfillState.Completed, 50, 50), (report.State, report.RowsRead, report.RowsInserted));
        shop.AssertEqual();
    }
}
