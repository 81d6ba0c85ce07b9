using System.Diagnostics;
using System.Globalization;
using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Options;
using DbMove.Chaos.Verdict;

namespace DbMove.Chaos.Scenario;

/// <summary>Full load and nothing wrong: what the services and the control tables hold must not grow.</summary>
internal sealed class SoakRun(ChaosOptions options, string folder, Journal journal)
{
    private const int Services = 3;

    private const int Writers = 16;

    private const double MostGrowth = 1.1;

    private readonly SoakFigure _connections = new("connections", 1);
    private readonly SoakFigure _memory = new("memory_mb", 1024 * 1024);
    private readonly SoakFigure _heap = new("heap_mb", 1024 * 1024);
    private readonly SoakFigure _intents = new("intents", 1);
    private readonly SoakFigure _size = new("control_kb", 1024);
    private readonly SoakFigure _dead = new("dead_rows", 1);

    private TimeSpan Length => TimeSpan.FromMinutes(options.Minutes ?? 10);

    /// <summary>Not measured, and not part of the length: compilation, pools, and autovacuum's first round, which comes after a minute.</summary>
    private TimeSpan WarmUp => Length * 0.15;

    public async Task<bool> RunAsync()
    {
        await using ChaosFleet fleet = await ChaosFleet.CreateAsync(folder, Services, Writers, options.Seed, pace: TimeSpan.Zero);
        await BankTables.CreateAsync(fleet.Source, fleet.Target, Writers, KeySpace.QuietRows);
        await fleet.StartAsync();
        Operator @operator = new(fleet, options.Seed, journal.Say);
        await @operator.EnterAsync();
        foreach (Services.ServiceProcess service in fleet.Services)
        {
            service.Writes = true;
            await service.AskAsync("write", TimeSpan.FromSeconds(30));
        }

        await @operator.FinishAsync(TimeSpan.FromMinutes(3));
        journal.Say($"full load; {WarmUp.TotalSeconds:0} s of warm-up, then {Length.TotalMinutes:0.#} min");
        using CancellationTokenSource ends = new(WarmUp + Length);
        Task validating = ValidateAsync(@operator, ends.Token);
        await SampleAsync(fleet);
        await validating;
        await Task.WhenAll(fleet.Services.Select(service => service.AskAsync("rest", TimeSpan.FromMinutes(2))));
        TimeSpan? converged = await Convergence.WaitAsync(fleet.Source, fleet.Target, journal.Say);
        return await JudgeAsync(fleet, @operator, converged);
    }

    private static async Task ValidateAsync(Operator @operator, CancellationToken ends)
    {
        while (!ends.IsCancellationRequested)
        {
            await @operator.ValidateAsync(CancellationToken.None);
            // One pass after another would be a load of its own.
            await Task.Delay(TimeSpan.FromSeconds(30), ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SampleAsync(ChaosFleet fleet)
    {
        await Task.Delay(WarmUp);
        Stopwatch clock = Stopwatch.StartNew();
        using PeriodicTimer second = new(TimeSpan.FromSeconds(1));
        for (int sample = 0; clock.Elapsed < Length; sample++)
        {
            double[] counts = new double[4];
            foreach (string side in (string[])[fleet.Source, fleet.Target])
            {
                double[] read = (await BankTables.QueryAsync(
                    side,
                    """
                    SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
                           (SELECT count(*) FROM dbmove_intent),
                           (SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE relname LIKE 'dbmove\_%')::bigint,
                           (SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE relname LIKE 'dbmove\_%')::bigint
                    """,
                    row => new double[] { row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3) }))[0];
                counts = [.. counts.Zip(read, (one, other) => one + other)];
            }

            string[][] services = await Task.WhenAll(fleet.Services.Select(async service => (await service.AskAsync("figures", TimeSpan.FromSeconds(30))).Split(' ')));
            _connections.Add(counts[0]);
            _intents.Add(counts[1]);
            _size.Add(counts[2]);
            _dead.Add(counts[3]);
            _memory.Add(services.Sum(figures => double.Parse(figures[3], CultureInfo.InvariantCulture)));
            _heap.Add(services.Sum(figures => double.Parse(figures[4], CultureInfo.InvariantCulture)));
            if (sample % 30 == 29)
            {
                journal.Say($"{services.Sum(figures => long.Parse(figures[0], CultureInfo.InvariantCulture))} writes, {counts[0]:0} connections, {counts[1]:0} intents, control tables {counts[2] / 1024:0} kB, {counts[3]:0} dead rows");
            }

            await second.WaitForNextTickAsync();
        }
    }

    private async Task<bool> JudgeAsync(ChaosFleet fleet, Operator @operator, TimeSpan? converged)
    {
        LedgerBook[] books = [.. Enumerable.Range(1, Writers).Select(writer => LedgerBook.Read(folder, writer))];
        LedgerVerdict verdict = LedgerVerdict.Of(await SideRows.ReadAsync(fleet.Source, Side.Source), await SideRows.ReadAsync(fleet.Target, Side.Target), books);
        foreach (string line in ServiceLogs.Summarize(folder).Concat(verdict.Findings.Take(20)))
        {
            Console.WriteLine(line);
        }

        SoakFigure[] figures = [_connections, _memory, _heap, _intents, _size, _dead];
        foreach (SoakFigure grown in figures.Where(figure => !(figure.Ratio <= MostGrowth)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILED: {grown.Name} grew by {grown.Ratio:0.00}"));
        }

        bool isRight = verdict is { Lost: 0, Diverged: 0, Contradictions: 0, Unknown: 0 } && converged is not null;
        Console.WriteLine($"after the run: lost={verdict.Lost} diverged={verdict.Diverged} unknown={verdict.Unknown} failed={verdict.Failed} contradictions={verdict.Contradictions} validations={@operator.Validations}{(isRight ? "" : " FAILED")}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"soak: minutes={Length.TotalMinutes:0.#} warm_up_s={WarmUp.TotalSeconds:0} writes={verdict.Acknowledged} {string.Join(' ', figures.Select(figure => figure.ToString()))} worst_ratio={figures.Max(figure => figure.Ratio):0.00}"));
        return isRight && figures.All(figure => figure.Ratio <= MostGrowth);
    }
}
