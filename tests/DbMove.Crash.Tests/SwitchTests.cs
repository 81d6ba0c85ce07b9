using DbMove.Crash.Tests.Setup;
using DbMove.Telemetry;
using DbMove.Tests.Servers;

namespace DbMove.Crash.Tests;

/// <summary>A process is killed in a switch: it has happened or it has not, and one side decides.</summary>
public sealed class SwitchTests(PostgreSqlServer server, CrashMatrix matrix)
{
    [Theory, MemberData(nameof(Cells.InSwitches), MemberType = typeof(Cells))]
    public async Task A_switch_that_died_is_finished_or_undone_and_goes_through_afterwards(Engine engine, Stage from, Stage to, string point, int occurrence)
    {
        await using Cell cell = await matrix.OpenAsync(server, engine, from);
        await cell.KillAsync(Operations.Switch, to.ToString(), point, occurrence);
        await AssertRecoveredAsync(cell, from, to, hasHappened: point is ProbePoint.SwitchCommitted or ProbePoint.SwitchCleared);
    }

    [Theory, MemberData(nameof(Cells.InResolutions), MemberType = typeof(Cells))]
    public async Task A_process_that_died_while_it_resolved_a_dead_switch_is_followed_by_one_that_does(Engine engine, Stage from, Stage to, string diedAt)
    {
        await using Cell cell = await matrix.OpenAsync(server, engine, from);
        await cell.KillAsync(Operations.Switch, to.ToString(), diedAt);
        await cell.KillAsync(Operations.Start, string.Empty, ProbePoint.SwitchResolving);
        await AssertRecoveredAsync(cell, from, to, hasHappened: diedAt == ProbePoint.SwitchCommitted);
    }

    [Fact]
    public async Task An_automatic_promotion_that_died_is_made_by_whoever_comes_next()
    {
        await using Cell cell = await matrix.OpenAsync(server, Engine.PostgreSql, Stage.SourceFirst);
        await cell.KillAsync(Operations.Promote, string.Empty, ProbePoint.PromotionDue);
        await AssertRecoveredAsync(cell, Stage.SourceFirst, Stage.TargetFirst, hasHappened: false);
    }

    private static async Task AssertRecoveredAsync(Cell cell, Stage from, Stage to, bool hasHappened)
    {
        Stage stage = hasHappened ? to : from;
        Assert.Equal(stage.Authority(), await cell.ReadAuthorityAsync());
        await cell.AssertBooksAsync();
        long seen = (await cell.ReadEpochAsync()).Epoch;

        Migration next = await cell.StartAsync();
        Assert.Equal(stage, next.Stage);
        Assert.False((await cell.ReadEpochAsync()).IsPrepared);
        await ConvergeAsync(cell, next, from);
        await cell.WriteOnAsync(next);

        SwitchResult result = await next.SwitchAsync(to, Cell.Forced);
        Assert.Equal((to, !hasHappened), (next.Stage, result.Changed));
        if (result.Changed)
        {
            // Whatever number a row has ever named, it is never given out again.
            Assert.True(next.Epoch > seen, $"epoch {next.Epoch} after {seen}");
        }

        Assert.Equal(to.Authority(), await cell.ReadAuthorityAsync());
        await ConvergeAsync(cell, next, from);
        await cell.AssertBooksAsync();
    }

    /// <summary>
    /// What is due in a stage. Between dual stages nothing but the intents may be needed; one that was entered from a
    /// single-sided stage has its backfill or its validation to do.
    /// </summary>
    private static async Task ConvergeAsync(Cell cell, Migration migration, Stage from)
    {
        await Cell.SettleAsync(migration);
        if (!migration.Stage.IsDual())
        {
            return;
        }

        if (migration.Stage == Stage.SourceFirst && !from.IsDual())
        {
            await migration.Backfill.StartAsync();
            await migration.Backfill.WaitAsync();
        }
        else if (migration.Stage == Stage.TargetFirst && !from.IsDual())
        {
            await Operations.ValidateAsync(migration);
            while (await migration.EventFixer.RunOnceAsync(TimeSpan.Zero, default))
            {
            }
        }

        await cell.AssertEqualAsync();
    }
}
