using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Validation;

public sealed class FullValidationTests
{
    [Fact]
    public async Task Finds_all_three_kinds_and_the_fixer_removes_them()
    {
        await using Shop shop = Shop.Create(customers: 20);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        shop.Run(Side.Target, "DELETE FROM customer WHERE id = 4");
        shop.Run(Side.Target, "UPDATE customer SET name = 'x' WHERE id = 9");
        shop.Run(Side.Target, "INSERT INTO customer VALUES (30, 'extra', NULL)");

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal((ValidationState.Differences, 21, 3), (report.State, report.RowsCompared, report.Differences));
        Assert.Equal(
            ["[\"30\"] MissingInSource ", "[\"4\"] MissingInTarget ", "[\"9\"] Different name"],
            report.Sample.Select(found => $"{found.Key} {found.Kind} {string.Join(',', found.Columns)}").Order(StringComparer.Ordinal));
        Assert.Equal(["base_missing", "neq", "target_missing"], shop.Rows(Side.Target, "SELECT kind FROM dbmove_event ORDER BY kind"));
        await Shop.FixAsync(migration);
        shop.AssertEqual();
        Assert.Equal(0, await migration.Events.CountOpenAsync());
    }

    [Fact]
    public async Task Kinds_follow_the_sides_when_the_target_is_the_authority()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.TargetFirst);
        shop.AddCustomers(Side.Target, 1, 1);

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal(InconsistencyKind.MissingInSource, Assert.Single(report.Sample).Kind);
        Assert.Equal(["target_missing|target"], shop.Rows(Side.Target, "SELECT kind, base FROM dbmove_event"));
        await Shop.FixAsync(migration);
        Assert.Equal(["1|c1|null"], shop.Customers(Side.Source));
    }

    /// <summary>The naive way: the way back compares keys only, or only within the source's first and last key.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 2)]
    [InlineData(7, 4, 3)]
    [InlineData(1000, 10000, 2)]
    public async Task P24_P36_Pages_and_ranges_of_any_size_find_exactly_what_differs_beyond_both_ends_too(int page, int range, int workers)
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(
            Stage.SourceFirst, options => (options.Validation.PageSize, options.Validation.RangeSize, options.Validation.Workers, options.Validation.SampleSize) = (page, range, workers, 10_000));
        Random random = new(page * 31);
        HashSet<long> differing = [];
        for (long id = -60; id <= 60; id++)
        {
            // The source covers the middle only: what the target has below and above it must be found.
            (bool source, bool target, bool equal) = (Math.Abs(id) <= 40 && random.Next(3) > 0, random.Next(3) > 0, random.Next(3) > 0);
            if (source)
            {
                shop.Run(Side.Source, $"INSERT INTO customer VALUES ({id}, 'a', NULL)");
            }

            if (target)
            {
                shop.Run(Side.Target, $"INSERT INTO customer VALUES ({id}, '{(equal ? 'a' : 'b')}', NULL)");
            }

            if (source != target || (source && !equal))
            {
                differing.Add(id);
            }
        }

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal(differing.Select(id => $"[\"{id}\"]").Order(StringComparer.Ordinal), report.Sample.Select(found => found.Key).Order(StringComparer.Ordinal));
        Assert.Equal(differing.Count, report.Differences);
    }

    /// <summary>The naive way: a row that is committed on one side and under way to the other is reported.</summary>
    [Fact]
    public async Task P29_A_write_in_flight_is_undecided_and_never_an_inconsistency()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        await Shop.BackfillAsync(migration);
        At.Crash(migration, "write.authority_committed");
        await Assert.ThrowsAsync<CrashException>(() => new CustomerRepository(migration).UpdateAsync(new Customer { Id = 2, Name = "newer" }));

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal((ValidationState.Inconclusive, 0, 1), (report.State, report.Differences, report.Undecided));
        Assert.Equal(0, await migration.Events.CountOpenAsync());
        await Shop.SettleAsync(migration);
        Assert.Equal(ValidationState.Clean, (await Shop.ValidateAsync(migration)).State);
    }

    /// <summary>The naive way: what differed once is reported, although the write has arrived since.</summary>
    [Fact]
    public async Task P29_A_suspect_that_is_equal_when_it_is_read_again_is_nothing()
    {
        await using Shop shop = Shop.Create(customers: 3);
        Migration migration = await shop.StartAsync(Stage.SourceFirst);
        shop.AddCustomers(Side.Target, 1, 2);
        At.Point(migration, "validation.suspects", 1, () =>
        {
            shop.AddCustomers(Side.Target, 3, 3);
            return Task.CompletedTask;
        });

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal((ValidationState.Clean, 0), (report.State, report.Differences));
    }

    [Fact]
    public async Task Stops_after_so_many_differences()
    {
        await using Shop shop = Shop.Create(customers: 200);
        Migration migration = await shop.StartAsync(
            Stage.SourceFirst, options => (options.Validation.StopAfterDifferences, options.Validation.RangeSize, options.Validation.Workers) = (5, 10, 1));

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal(ValidationState.Differences, report.State);
        Assert.InRange(report.Differences, 5, 100);
        Assert.Contains("5 differences", report.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_is_bounded()
    {
        await using Shop shop = Shop.Create(customers: 50);
        Migration migration = await shop.StartAsync(Stage.SourceFirst, options => options.Validation.SampleSize = 4);

        ValidationReport report = await Shop.ValidateAsync(migration);

        Assert.Equal((50, 4), (report.Differences, report.Sample.Count));
        Assert.Equal(1, shop.Count(Side.Target, "dbmove_event"));
    }

    [Fact]
    public async Task A_stage_with_one_side_has_nothing_to_compare()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(Stage.SourceOnly);

        await Assert.ThrowsAsync<StageTransitionException>(() => migration.Validation.StartFullAsync());
        await Assert.ThrowsAsync<StageTransitionException>(() => migration.Validation.StartIncrementalAsync());
        Assert.Null(await migration.Validation.ReadLastAsync());
    }
}
