using DbMove.Crash.Tests.Setup;
using DbMove.Tests.Servers;

namespace DbMove.Crash.Tests;

/// <summary>A process is killed while it repairs what another left.</summary>
public sealed class RepairTests(PostgreSqlServer server, CrashMatrix matrix)
{
    [Theory, MemberData(nameof(Cells.InRepairs), MemberType = typeof(Cells))]
    public async Task A_repair_that_died_is_done_by_the_next_process(Engine engine, Stage stage, string write, string point)
    {
        await using Cell cell = await matrix.OpenAsync(server, engine, stage);
        await cell.KillAsync(Operations.Repair, write, point);
        await cell.AssertBooksAsync();

        Migration next = await cell.StartAsync();
        await Cell.SettleAsync(next);
        await cell.AssertBooksAsync();
        await cell.AssertEqualAsync();
        await cell.WriteOnAsync(next);
    }
}
