using DbMove.BackfillProcess;

namespace DbMove.Migrations.Tests.BadInput;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<MigrationOptions>> OutOfRange => new()
    {
        { "PollInterval", options => options.PollInterval = TimeSpan.Zero },
        { "FollowerTimeout", options => options.FollowerTimeout = TimeSpan.FromHours(1) },
        { "PauseBudget", options => options.PauseBudget = TimeSpan.FromSeconds(-1) },
        { "LockTimeout", options => options.LockTimeout = options.PauseBudget },
        { "ControlTablePrefix", options => options.ControlTablePrefix = "Bad Prefix; DROP" },
        { "FollowerFailure", options => options.FollowerFailure = (FollowerFailure)9 },
        { "StaleReads", options => options.StaleReads = (StaleReads)9 },
        { "Repair.BatchSize", options => options.Repair.BatchSize = 0 },
        { "Repair.MaximumAttempts", options => options.Repair.MaximumAttempts = 0 },
        { "Repair.Interval", options => options.Repair.Interval = TimeSpan.Zero },
        { "Gate.MaximumIntentAge", options => options.Gate.MaximumIntentAge = TimeSpan.FromSeconds(-1) },
        { "Backfill.Workers", options => options.Backfill.Workers = 0 },
        { "Backfill.MaximumChunk", options => options.Backfill.MaximumChunk = 1 },
        { "Backfill.RowsPerSecond", options => options.Backfill.RowsPerSecond = 0 },
        { "Validation.PageSize", options => options.Validation.PageSize = 0 },
        { "Validation.StopAfterDifferences", options => options.Validation.StopAfterDifferences = 0 },
    };

    /// <summary>The naive way: a count of 0 is accepted, and the loop that should have written runs no round.</summary>
    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void P13_An_option_out_of_range_is_named_before_anything_is_opened(string name, Action<MigrationOptions> set)
    {
        // Neither file exists: a migration that opened one would say so instead.
        MigrationBuilder builder = new MigrationBuilder("items").FromSqlite("/nowhere/source.db").ToSqlite("/nowhere/target.db").AddEntity<Item>();

        MigrationConfigurationException refused = Assert.Throws<MigrationConfigurationException>(() => builder.Configure(set).Build());

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_options_out_of_range_are_named_at_once()
    {
        MigrationBuilder builder = new MigrationBuilder("items").FromSqlite("/nowhere/source.db").ToSqlite("/nowhere/target.db").AddEntity<Item>();
        builder.Options.PollInterval = TimeSpan.Zero;
        builder.Options.Repair.BatchSize = -1;

        MigrationConfigurationException refused = Assert.Throws<MigrationConfigurationException>(builder.Build);

        Assert.Contains("PollInterval", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Repair.BatchSize", refused.Message, StringComparison.Ordinal);
    }
}
