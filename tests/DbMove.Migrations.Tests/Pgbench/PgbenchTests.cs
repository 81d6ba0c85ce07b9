using System.Globalization;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.Pgbench;

/// <summary>A large table moves while it is written over its whole key range, among it exactly where the backfill is.</summary>
/// <remarks>
/// <c>pgbench -i -s 2</c>: 200,000 accounts. With <c>DBMOVE_PGBENCH_SCALE=10</c> it is a million, for a run by its own command:
/// <c>DBMOVE_PGBENCH_SCALE=10 dotnet run -c Release --project tests/DbMove.Migrations.Tests -- --filter-class "*PgbenchTests"</c>.
/// </remarks>
public sealed class PgbenchTests(PostgreSqlServer server)
{
    private const int LeastWrites = 5_000;
    private const int Chunk = 2_000;
    private const int Writers = 4;
    private const string Accounts = "SELECT aid, bid, abalance, filler FROM pgbench_accounts ORDER BY aid";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P05_P10_Accounts_written_before_behind_and_inside_what_the_backfill_reads_arrive_as_acknowledged()
    {
        int scale = int.Parse(Environment.GetEnvironmentVariable("DBMOVE_PGBENCH_SCALE") ?? "2", CultureInfo.InvariantCulture);
        await using PlainDatabase source = await PgbenchDatabase.CreateAsync(server, scale, rows: true);
        await using PlainDatabase target = await PgbenchDatabase.CreateAsync(server, scale, rows: false);
        AccountLedger ledger = new(scale * PgbenchDatabase.AccountsPerBranch);
        await using Migration migration = target.AsTarget(source.AsSource(new MigrationBuilder("pgbench")))
            .AddEntity<PgbenchBranch>().AddEntity<PgbenchTeller>().AddEntity<PgbenchAccount>()
            .Configure(MigrationSteps.ForTests)
            .Configure(options =>
            {
                // One worker: then the page that was read is the one behind the only claim.
                options.Backfill.Workers = 1;
                options.Backfill.InitialChunk = options.Backfill.MaximumChunk = Chunk;
            })
            .Build();
        await migration.StartDualAsync();

        AccountWriters writers = new(migration, ledger, target);
        using CancellationTokenSource stop = new();
        Task writing = writers.RunAsync(Writers, stop.Token);
        int chunks = ledger.Accounts / Chunk;
        int chunk = 0;
        migration.Context.Probes.Handler = async (point, token) =>
        {
            if (point == "backfill.range_read" && await PageAsync(target, ledger.Accounts) is { } page)
            {
                await writers.WriteIntoAsync(page);

                // The copy goes on only as the writers do, so that their writes fall before, into and behind it.
                int due = ++chunk * LeastWrites / chunks;
                while (ledger.Writes < due && !writing.IsCompleted)
                {
                    await Task.Delay(1, token);
                }
            }
        };

        BackfillReport backfill = await migration.BackfillAsync();
        migration.Context.Probes.Handler = null;
        long extra = await migration.ValidateUntilCleanAsync();
        await migration.PromoteAsync(Stage.TargetFirst);
        await stop.CancelAsync();
        await writing;
        await migration.ValidateUntilCleanAsync();

        TestContext.Current.SendDiagnosticMessage(
            $"pgbench -s {scale}: {backfill.RowsRead} rows read, {ledger.Writes} writes, {ledger.Deletes} deletes; P05 {writers.UpdatesOfRead} updates and {writers.DeletesOfRead} deletes; "
            + $"P10 {writers.UpdatesAhead} updates, and {writers.DeletesAhead} deletes ahead; {extra} differences found by validation after the backfill");
        Assert.True(ledger.Writes >= LeastWrites, $"{ledger.Writes} writes");
        Assert.True(writers.UpdatesOfRead >= 1 && writers.DeletesOfRead >= 1, $"P05 happened {writers.UpdatesOfRead} and {writers.DeletesOfRead} times.");
        Assert.True(writers.UpdatesAhead >= 1 && writers.DeletesAhead >= 1, $"P10 happened {writers.UpdatesAhead} times, deletes ahead {writers.DeletesAhead} times.");

        List<string> inSource = [.. (await source.RowsAsync(Accounts)).Select(row => string.Join('|', row))];
        List<string> inTarget = [.. (await target.RowsAsync(Accounts)).Select(row => string.Join('|', row))];
        Assert.Equal(ledger.Rows(), inSource);
        Assert.Equal(inSource, inTarget);
        foreach (string table in (string[])["pgbench_branches ORDER BY bid", "pgbench_tellers ORDER BY tid"])
        {
            Assert.Equal(await source.RowsAsync("SELECT * FROM " + table), await target.RowsAsync("SELECT * FROM " + table));
        }
    }

    /// <summary>The keys behind the claim's position, of which the backfill has just read a page; null when it reads another table.</summary>
    private static async Task<Range?> PageAsync(PlainDatabase target, int last)
    {
        List<string[]> claimed = await target.RowsAsync(
            "SELECT coalesce((coalesce(reached, first_key)::json->>0)::int, 0), (last_key::json->>0)::int FROM dbmove_progress WHERE entity = 'pgbench_accounts' AND done = 0 AND claim IS NOT NULL");
        if (claimed.Count == 0)
        {
            return null;
        }

        int reached = int.Parse(Assert.Single(claimed)[0], CultureInfo.InvariantCulture);
        int end = Math.Min(reached + Chunk, Math.Min(last, int.Parse(claimed[0][1], CultureInfo.InvariantCulture)));
        return end - reached < 10 ? null : (reached + 1)..(end + 1);
    }
}
