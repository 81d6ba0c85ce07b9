using DbMove.Crash.Tests.Setup;
using DbMove.Telemetry;
using DbMove.Tests.Servers;

namespace DbMove.Crash.Tests;

/// <summary>A process is killed while it copies.</summary>
public sealed class BackfillTests(PostgreSqlServer server, CrashMatrix matrix)
{
    [Theory, MemberData(nameof(Cells.InBackfills), MemberType = typeof(Cells))]
    public async Task A_backfill_that_died_goes_on_where_it_was_and_misses_nothing(Engine engine, string point, int occurrence)
    {
        await using Cell cell = await matrix.OpenAsync(server, engine, Stage.SourceOnly);
        bool refuses = point == ProbePoint.BackfillDeferred;
        if (refuses)
        {
            await cell.Target.ExecuteAsync("ALTER TABLE account ADD CONSTRAINT poor CHECK (amount <> 30)");
        }

        try
        {
            await cell.KillAsync(Operations.Backfill, string.Empty, point, occurrence);
        }
        finally
        {
            if (refuses)
            {
                await cell.Target.ExecuteAsync("ALTER TABLE account DROP CONSTRAINT poor");
            }
        }

        await cell.AssertBooksAsync();
        Migration next = await cell.StartAsync();
        Assert.Equal(Stage.SourceFirst, next.Stage);
        await next.Backfill.StartAsync();
        BackfillReport report = await next.Backfill.WaitAsync();
        Assert.True(report.State == BackfillState.Completed, $"{report.State}: {report.Failure}");
        await Cell.SettleAsync(next);
        await cell.AssertBooksAsync();
        await cell.AssertEqualAsync();
        await cell.WriteOnAsync(next);
        Assert.True((await Operations.ValidateAsync(next)).IsClean);
    }
}
