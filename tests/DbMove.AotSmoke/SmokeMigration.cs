using System.Globalization;
using DbMove.AotSmoke.Entities;

namespace DbMove.AotSmoke;

/// <summary>One whole migration, every stage, with writes all the way.</summary>
internal static class SmokeMigration
{
    private const string SourceLines = "\"OrderLine\"";
    private const int Rows = 2_000;
    private const int LeastRounds = 50;

    public static async Task RunAsync(string name, SmokeSide source, SmokeSide target)
    {
        await source.CreateTablesAsync("orders", "customer_name", SourceLines);
        await target.CreateTablesAsync("orders_new", "customer", "order_lines");
        await source.RunAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO orders (customer_name, total) WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < {Rows}) SELECT 'old ' || id, id FROM n"));
        await source.RunAsync($"INSERT INTO {SourceLines} (order_id, line, quantity) SELECT id, 1, 2 FROM orders");

        await using Migration migration = target.AsTarget(source.AsSource(new MigrationBuilder("aot-smoke")))
            .AddEntity<Order>().AddEntity<OrderLine>().AddEntity<Parcel>()
            .Configure(options =>
            {
                options.RequireDurableServers = false;
                options.PollInterval = TimeSpan.FromMilliseconds(100);
                options.Gate.MinimumTimeInStage = TimeSpan.Zero;
                options.Backfill.InitialChunk = options.Backfill.MaximumChunk = 100;
            })
            .Build();
        await migration.StartAsync();
        await migration.SwitchAsync(Stage.SourceOnly);
        await SwitchAsync(migration, Stage.SourceFirst);

        SmokeWriters writers = new(migration);
        using CancellationTokenSource stop = new();
        Task writing = writers.RunAsync(2, stop.Token);
        await migration.Backfill.StartAsync();
        BackfillReport backfill = await migration.Backfill.WaitAsync();
        Require(backfill.State == BackfillState.Completed, $"the backfill is {backfill.State}: {backfill.Failure}");
        await ValidateAsync(migration);
        await SwitchAsync(migration, Stage.TargetFirst);
        for (int goal = writers.Writes + LeastRounds; writers.Writes < goal && !writing.IsCompleted;)
        {
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await writing;
        await ValidateAsync(migration);
        await CompareAsync(source, target, "SELECT id, customer_name, total FROM orders ORDER BY id", "SELECT id, customer, total FROM orders_new ORDER BY id");
        await CompareAsync(source, target, $"SELECT * FROM {SourceLines} ORDER BY order_id, line", "SELECT * FROM order_lines ORDER BY order_id, line");
        await CompareAsync(source, target, "SELECT * FROM parcels ORDER BY id");
        await SwitchAsync(migration, Stage.TargetOnly);
        await SwitchAsync(migration, Stage.Completed);

        HashSet<string> stored = [.. await target.RowsAsync(source.IsSqlite
            ? "SELECT id, customer, printf('%.2f', total) FROM orders_new"
            : "SELECT id, customer, round(total, 2)::text FROM orders_new")];
        foreach ((long id, string? row) in writers.Orders)
        {
            Require(row is null ? !stored.Any(text => text.StartsWith($"{id}|", StringComparison.Ordinal)) : stored.Contains($"{id}|{row}"), $"order {id} is not as acknowledged: {row ?? "deleted"}");
        }

        Console.WriteLine($"{name}: {backfill.RowsRead} rows copied, {writers.Orders.Count} orders and {writers.Writes} parcels written, both sides equal, completed");
    }

    private static async Task ValidateAsync(Migration migration)
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            await migration.Validation.StartFullAsync();
            if ((await migration.Validation.WaitFullAsync()).IsClean)
            {
                return;
            }
        }

        throw new SmokeException("no validation was clean");
    }

    private static async Task SwitchAsync(Migration migration, Stage to)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await migration.SwitchAsync(to);
                return;
            }
            catch (DbMoveException exception) when (exception is (GateClosedException or SwitchAbandonedException) && !patience.IsCancellationRequested)
            {
                // Every instance needs time to see a stage, repairs that the validation asked for are still being verified, or the machine was too busy for the pause.
                await Task.Delay(10);
            }
        }
    }

    private static async Task CompareAsync(SmokeSide source, SmokeSide target, string query, string? targetQuery = null)
    {
        List<string> left = await source.RowsAsync(query);
        List<string> right = await target.RowsAsync(targetQuery ?? query);
        Require(left.Count > 0 && left.SequenceEqual(right), $"the sides differ: {query}");
    }

    private static void Require(bool condition, string why)
    {
        if (!condition)
        {
            throw new SmokeException(why);
        }
    }
}
