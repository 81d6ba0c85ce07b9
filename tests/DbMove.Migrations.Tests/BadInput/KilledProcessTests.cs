using System.Diagnostics;
using System.Globalization;
using DbMove.BackfillProcess;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.BadInput;

public sealed class KilledProcessTests(PostgreSqlServer server)
{
    private const int Rows = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The naive way: the position is kept in memory, so the copy begins anew, or goes on behind what was lost.</summary>
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task P35_A_process_killed_in_backfill_is_resumed_by_the_next_where_it_was(Engine engine)
    {
        await using ItemDatabases databases = await ItemDatabases.CreateAsync(engine, server, Rows);

        // 1,000 rows a second: it cannot be done before it is killed.
        using Process process = Start(engine, databases, rowsPerSecond: 1_000);
        long copied;
        try
        {
            copied = await CopiedAsync(databases.Target, atLeast: 500, process);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Token);
        }

        copied = Math.Max(copied, await CopiedAsync(databases.Target, atLeast: 0, process: null));
        Assert.InRange(copied, 500, Rows - 1);
        Assert.Equal(copied, await databases.Target.NumberAsync("SELECT count(*) FROM item"));

        await using Migration migration = databases.Build(options => options.Backfill.ClaimLease = TimeSpan.FromSeconds(1));
        await migration.StartAsync(Token);
        Assert.Equal(Stage.SourceFirst, migration.Stage);
        BackfillReport report = await migration.BackfillAsync();

        // What the dead process committed was neither copied nor read again.
        Assert.Equal(Rows, report.RowsRead);
        Assert.Equal(Rows, (await databases.AssertEqualAsync()).Count);
        Assert.Equal(0, await migration.ValidateUntilCleanAsync());
        await migration.PromoteAsync(Stage.TargetFirst);
    }

    private static Process Start(Engine engine, ItemDatabases databases, int rowsPerSecond)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, typeof(Item).Assembly.GetName().Name + ".dll");
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                "exec", assembly, engine == Engine.Sqlite ? "sqlite" : "postgresql", databases.Source.Address, databases.Target.Address,
                rowsPerSecond.ToString(CultureInfo.InvariantCulture),
            },
        };
        return Process.Start(start)!;
    }

    /// <summary>Waits until the process has committed so many rows, by plain SELECT.</summary>
    private static async Task<long> CopiedAsync(PlainDatabase target, long atLeast, Process? process)
    {
        while (true)
        {
            long copied = await target.NumberAsync("SELECT count(*) FROM item");
            if (copied >= atLeast)
            {
                return copied;
            }

            if (process is { HasExited: true })
            {
                Assert.Fail("The process ended by itself: " + await process.StandardError.ReadToEndAsync(Token));
            }

            await Task.Delay(5, Token);
        }
    }
}
