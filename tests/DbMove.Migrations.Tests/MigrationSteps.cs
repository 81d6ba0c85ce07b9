namespace DbMove.Migrations.Tests;

/// <summary>The steps of a migration as an operator takes them, each asserted.</summary>
internal static class MigrationSteps
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Options for test servers, which are started without fsync, and for tests, which do not wait.</summary>
    public static void ForTests(MigrationOptions options)
    {
        options.RequireDurableServers = false;
        options.PollInterval = TimeSpan.FromMilliseconds(50);
        options.Gate.MinimumTimeInStage = TimeSpan.Zero;
        options.Repair.IntentDelay = TimeSpan.FromMilliseconds(100);
        options.Repair.Interval = TimeSpan.FromMilliseconds(50);
        options.Validation.Interval = TimeSpan.FromMilliseconds(50);
    }

    /// <summary>Starts, and goes to the stage in which both sides are written.</summary>
    public static async Task StartDualAsync(this Migration migration)
    {
        await migration.StartAsync(Token);
        await migration.SwitchAsync(Stage.SourceOnly, cancellationToken: Token);
        await migration.PromoteAsync(Stage.SourceFirst);
    }

    public static async Task<BackfillReport> BackfillAsync(this Migration migration)
    {
        await migration.Backfill.StartAsync(Token);
        BackfillReport report = await migration.Backfill.WaitAsync(Token);
        Assert.True(report.State == BackfillState.Completed, $"The backfill is {report.State}: {report.Failure}");
        return report;
    }

    /// <summary>
    /// Validates until a pass is clean: what one finds, the background repairs. Returns the number of differences that were found on the way.
    /// </summary>
    public static async Task<long> ValidateUntilCleanAsync(this Migration migration)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        long found = 0;
        while (true)
        {
            try
            {
                await migration.Validation.StartFullAsync(patience.Token);
            }
            catch (DatabaseUnavailableException) when (!patience.IsCancellationRequested)
            {
                // A pooled connection that a test has cut; the next one is new.
                continue;
            }

            ValidationReport report = await migration.Validation.WaitFullAsync(patience.Token);
            if (report.IsClean)
            {
                return found;
            }

            Assert.True(report.State is ValidationState.Differences or ValidationState.Inconclusive, $"The validation is {report.State}: {report.Detail}");
            found += report.Differences;
        }
    }

    /// <summary>
    /// Switches once the gate is open: the time that every instance needs to see a stage, and repairs that are still being
    /// verified, keep it closed for a moment, a pause budget may be missed on a busy machine, and a pool may still hold
    /// connections that the server has ended.
    /// </summary>
    public static async Task<SwitchResult> PromoteAsync(this Migration migration, Stage to)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                SwitchResult result = await migration.SwitchAsync(to, cancellationToken: patience.Token);
                Assert.Equal(to, migration.Stage);
                return result;
            }
            catch (DbMoveException exception) when (exception is GateClosedException or SwitchAbandonedException or DatabaseUnavailableException or StageUnknownException)
            {
                if (patience.IsCancellationRequested)
                {
                    throw;
                }

                await Task.Delay(10, Token);
            }
        }
    }
}
