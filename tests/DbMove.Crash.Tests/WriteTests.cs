using DbMove.Crash.Tests.Setup;
using DbMove.Telemetry;
using DbMove.Tests.Servers;

namespace DbMove.Crash.Tests;

/// <summary>A process is killed in a write. Nothing but its intents brings the sides together again.</summary>
public sealed class WriteTests(PostgreSqlServer server, CrashMatrix matrix)
{
    [Theory, MemberData(nameof(Cells.InWrites), MemberType = typeof(Cells))]
    public async Task A_write_is_on_both_sides_or_on_neither_and_an_acknowledged_one_is_in_the_authority(Engine engine, Stage stage, string write, string point, int occurrence)
    {
        await using Cell cell = await matrix.OpenAsync(server, engine, stage);
        await cell.KillAsync(Operations.Write, write, point, occurrence);

        // Between its commit and the answer nobody was told, but the authority has it, so it is not lost any more.
        bool hasSucceeded = Cells.WritePoints.Single(each => each.Point == point).HasSucceeded;
        bool isAcknowledged = point is ProbePoint.WriteIntentsClearing or ProbePoint.WriteIntentsCleared;
        Assert.Equal(isAcknowledged ? [Writes.First, write] : [Writes.First], cell.Acknowledged);
        if (hasSucceeded && !isAcknowledged)
        {
            cell.Books.Apply(write);
        }

        await AssertSettlesAsync(cell, stage);
    }

    [Theory, MemberData(nameof(Cells.InEarlyWrites), MemberType = typeof(Cells))]
    public async Task A_write_that_was_acknowledged_after_the_authority_alone_reaches_the_follower(Stage stage, string write, string point)
    {
        await using Cell cell = await matrix.OpenAsync(server, Engine.PostgreSql, stage);
        await cell.KillAsync(Operations.EarlyWrite, write, point, occurrence: 2);
        Assert.Equal([Writes.First, write], cell.Acknowledged);
        await AssertSettlesAsync(cell, stage);
    }

    private static async Task AssertSettlesAsync(Cell cell, Stage stage)
    {
        // At once, before anybody repairs anything.
        await cell.AssertBooksAsync();

        Migration next = await cell.StartAsync();
        Assert.Equal(stage, next.Stage);
        await Cell.SettleAsync(next);
        await cell.AssertBooksAsync();
        if (stage.IsDual())
        {
            await cell.AssertEqualAsync();
        }

        await cell.WriteOnAsync(next);
    }
}
