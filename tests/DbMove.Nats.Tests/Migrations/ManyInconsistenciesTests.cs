using System.Diagnostics;

namespace DbMove.Nats.Tests.Migrations;

/// <summary>100,000 inconsistencies over NATS, with two fixers and legitimate writes meanwhile.</summary>
public sealed class ManyInconsistenciesTests(NatsServer server, PostgreSqlServer postgreSql)
{
    [Fact]
    public async Task Of_100_000_inconsistencies_none_is_lost_and_none_repaired_wrongly()
    {
        await using Depot depot = await Depot.CreateAsync(postgreSql, rows: 150_000);
        await using Administrator administrator = new(server.Url);
        await depot.RunAsync(
            Side.Target,
            """
            DELETE FROM item WHERE id <= 40000;
            UPDATE item SET name = 'wrong', amount = -1 WHERE id BETWEEN 60001 AND 100000;
            INSERT INTO item SELECT i, 'extra', 0 FROM generate_series(1000001, 1020000) AS i;
            """);
        Migration[] fixers = [await depot.StartAsync(server.Url, Configure), await depot.StartAsync(server.Url, Configure)];
        int[] completed = new int[fixers.Length];
        for (int index = 0; index < fixers.Length; index++)
        {
            int fixer = index;
            fixers[fixer].Context.Probes.Handler = (point, _) =>
            {
                Interlocked.Add(ref completed[fixer], point == "events.completed" ? 1 : 0);
                return default;
            };
        }

        using CancellationTokenSource stop = new();
        Task<Dictionary<long, string>> writing = Task.Run(() => WriteAsync(new ItemRepository(fixers[0]), stop.Token));
        Stopwatch watch = Stopwatch.StartNew();
        ValidationReport report = await Depot.ValidateAsync(fixers[0]);
        TimeSpan found = watch.Elapsed;
        await Eventually.TrueAsync(async () => await depot.CountAsync(Side.Target, "dbmove_event") == 0, "every event is dealt with", TimeSpan.FromMinutes(4));
        TimeSpan repaired = watch.Elapsed;
        await stop.CancelAsync();
        Dictionary<long, string> written = await writing;

        // Rows that are written meanwhile repair themselves, so a few of the damaged ones may be gone before they are found.
        Assert.InRange(report.Differences, 100_000 - written.Count, 100_000);
        await Eventually.TrueAsync(async () => await depot.CountAsync(Side.Source, "dbmove_intent") == 0, "every intent is cleared");
        await depot.AssertEqualAsync();
        Assert.Equal(0, await depot.CountAsync(Side.Target, "item WHERE name IN ('wrong', 'extra')"));
        Assert.Equal(150_000 + written.Count(each => each.Key > 2_000_000), await depot.CountAsync(Side.Target, "item"));
        Dictionary<string, string> target = (await depot.RowsAsync(Side.Target, "SELECT id, name FROM item WHERE name LIKE 'written%'")).Select(row => row.Split('|')).ToDictionary(row => row[0], row => row[1]);
        Assert.All(written, each => Assert.Equal(each.Value, target[each.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
        Assert.All(completed, each => Assert.True(each > 0, "a fixer got nothing"));
        await Eventually.TrueAsync(async () => await administrator.CountMessagesAsync(depot.StreamName) == 0, "every message is acknowledged");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{report.Differences} found in {found.TotalSeconds:0.0} s, all repaired after {repaired.TotalSeconds:0.0} s: {report.Differences / repaired.TotalSeconds:0} keys/s; events by fixer: {string.Join(", ", completed)}; {written.Count} rows written meanwhile");
    }

    private static void Configure(MigrationBuilder builder) => builder.Configure(options =>
    {
        (options.Events.Consumers, options.Events.Lease) = (2, TimeSpan.FromSeconds(30));
        options.Validation.RangeSize = 10_000;
        options.Repair.BatchSize = 500;
    });

    /// <summary>Writes damaged rows, sound ones and new ones until stopped; returns what was written last.</summary>
    private static async Task<Dictionary<long, string>> WriteAsync(ItemRepository items, CancellationToken stop)
    {
        Dictionary<long, string> written = [];
        for (int round = 1; !stop.IsCancellationRequested; round++)
        {
            long id = (round * 137L % 150_000) + 1;
            await items.UpsertAsync(new Item { Id = id, Name = written[id] = $"written {round}", Amount = round });
            long added = 2_000_000 + round;
            await items.InsertAsync(new Item { Id = added, Name = written[added] = $"written {round} too", Amount = round });
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        return written;
    }
}
