using DbMove.Runtime.Tests.Setup;

namespace DbMove.Runtime.Tests.Reads;

public sealed class ReadOptionsTests
{
    [Fact]
    public async Task Options_out_of_range_are_named_together()
    {
        await using Shop shop = Shop.Create();

        MigrationConfigurationException exception = await Assert.ThrowsAsync<MigrationConfigurationException>(() => shop.StartAsync(options =>
        {
            (options.Reads.TargetPercentage, options.Reads.ShadowPercentage) = (-1, 101);
            (options.Reads.MinimumShadowReads, options.Reads.ShadowQueue, options.Reads.ShadowWorkers) = (0, 0, 65);
            options.Reads.MaximumShadowMismatchRate = double.NaN;
        }));

        Assert.All(
            ["TargetPercentage", "ShadowPercentage", "MinimumShadowReads", "ShadowQueue", "ShadowWorkers", "MaximumShadowMismatchRate"],
            name => Assert.Contains($"Reads.{name} is ", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Percentages_begin_as_the_options_say_and_change_while_it_runs_within_their_range()
    {
        await using Shop shop = Shop.Create();
        Migration migration = await shop.StartAsync(options => (options.Reads.TargetPercentage, options.Reads.ShadowPercentage) = (10, 20));
        Assert.Equal((10, 20), (migration.Reads.TargetPercentage, migration.Reads.ShadowPercentage));

        (migration.Reads.TargetPercentage, migration.Reads.ShadowPercentage) = (100, 0);
        foreach (int wrong in (int[])[-1, 101])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => migration.Reads.TargetPercentage = wrong);
            Assert.Throws<ArgumentOutOfRangeException>(() => migration.Reads.ShadowPercentage = wrong);
        }

        ReadStatus status = (await migration.GetStatusAsync()).Reads!;
        Assert.Equal((100, 0, false), (status.TargetPercentage, status.ShadowPercentage, status.IsTargetRead));
        Assert.Equal("all reads go to the authority in this stage", status.Detail);
    }
}
