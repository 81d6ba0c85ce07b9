using DbMove.Migrations.Tests.Chinook.FromPostgreSql;
using DbMove.Migrations.Tests.Chinook.FromSqlite;
using DbMove.Migrations.Tests.Databases;
using DbMove.Tests.Servers;

namespace DbMove.Migrations.Tests.Chinook;

/// <summary>
/// One real database, all eleven tables, under concurrent writes, to the end. The oracle is the PostgreSQL script itself in a
/// third database, with the ledger of acknowledged writes over it, compared by plain SELECT.
/// </summary>
public sealed class ChinookTests(PostgreSqlServer server)
{
    private const int Writers = 4;
    private const int LeastWrites = 1500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_to_PostgreSql_under_writes_arrives_value_for_value()
    {
        await using PlainSqlite source = new(copyOf: ChinookData.SqliteFile());
        await using PlainDatabase target = await ChinookData.CreateAsync(server, rows: false);
        Migration Build() => FromSqlite.Traffic.AddChinook(target.AsTarget(source.AsSource(new MigrationBuilder("chinook")))).Configure(ForChinook).Build();

        await MigrateAsync(Build(), source, target, isSqlite: true, FromSqlite.Traffic.Of);
    }

    [Fact]
    public async Task PostgreSql_to_PostgreSql_under_writes_arrives_value_for_value()
    {
        await using PlainDatabase source = await ChinookData.CreateAsync(server, rows: true);
        await using PlainDatabase target = await ChinookData.CreateAsync(server, rows: false);
        Migration Build() => FromPostgreSql.Traffic.AddChinook(target.AsTarget(source.AsSource(new MigrationBuilder("chinook")))).Configure(ForChinook).Build();

        await MigrateAsync(Build(), source, target, isSqlite: false, FromPostgreSql.Traffic.Of);
    }

    private static void ForChinook(MigrationOptions options)
    {
        MigrationSteps.ForTests(options);
        options.Backfill.InitialChunk = 200;
        options.Backfill.MaximumChunk = 200;
    }

    private async Task MigrateAsync(
        Migration built, PlainDatabase source, PlainDatabase target, bool isSqlite, Func<Migration, IReadOnlyList<(int Playlist, int Track)>, IReadOnlyList<TableTraffic>> traffic)
    {
        await using PlainDatabase script = await ChinookData.CreateAsync(server, rows: true);
        List<(int, int)> playlists = [.. (await script.RowsAsync("SELECT playlist_id, track_id FROM playlist_track ORDER BY 1, 2")).Select(row => (int.Parse(row[0]), int.Parse(row[1])))];
        await using Migration migration = built;
        await migration.StartDualAsync();
        ChinookWriters writers = new(migration, traffic(migration, playlists), Writers);

        // The backfill goes on only as the writers do, so that they are at work in all of it.
        int chunks = 0;
        TaskCompletionSource ended = new();
        using CancellationTokenSource first = new();
        migration.Context.Probes.Handler = async (point, token) =>
        {
            for (int due = Interlocked.Increment(ref chunks) * 40; point == "backfill.range_read" && writers.Ledger.Writes < Math.Min(due, LeastWrites) && !ended.Task.IsCompleted;)
            {
                await Task.Delay(1, token);
            }
        };
        Task writing = writers.RunAsync(first.Token);
        _ = writing.ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);

        BackfillReport backfill = await migration.BackfillAsync();
        await migration.ValidateUntilCleanAsync();
        await migration.PromoteAsync(Stage.TargetFirst);
        await first.CancelAsync();
        await writing;

        // Both sides, while both are written and nobody writes.
        await migration.ValidateUntilCleanAsync();
        await AssertRowsAsync(source, script, writers.Ledger, isSqlite);
        await AssertRowsAsync(target, script, writers.Ledger, isSqlite: false);

        using CancellationTokenSource second = new();
        writing = writers.RunAsync(second.Token);
        await migration.PromoteAsync(Stage.TargetOnly);
        await migration.PromoteAsync(Stage.Completed);
        await second.CancelAsync();
        await writing;

        await AssertRowsAsync(target, script, writers.Ledger, isSqlite: false);
        Assert.True(backfill.RowsRead > 14_000, $"{backfill.RowsRead} rows were copied.");
        Assert.True(writers.Ledger.Writes > LeastWrites, $"{writers.Ledger.Writes} writes were made.");
        TestContext.Current.SendDiagnosticMessage($"Chinook: {backfill.RowsRead} rows copied, {writers.Ledger.Writes} writes");
    }

    private static async Task AssertRowsAsync(PlainDatabase database, PlainDatabase script, Ledger ledger, bool isSqlite)
    {
        foreach (string table in ChinookData.Keys.Keys)
        {
            Dictionary<string, string> expected = ledger.Over(table, await ChinookData.ReadAsync(script, table));
            Dictionary<string, string> actual = await ChinookData.ReadAsync(database, table, isSqlite);
            Assert.Equal([.. expected.Values.Order(StringComparer.Ordinal)], actual.Values.Order(StringComparer.Ordinal).ToList());
        }
    }
}
