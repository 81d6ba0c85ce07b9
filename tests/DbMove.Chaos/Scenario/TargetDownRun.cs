using System.Diagnostics;
using System.Globalization;
using DbMove.Chaos.Bank;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Options;
using DbMove.Chaos.Servers;
using DbMove.Chaos.Services;
using DbMove.Chaos.Traffic;
using DbMove.Chaos.Verdict;

namespace DbMove.Chaos.Scenario;

/// <summary>
/// The target goes away under load, in <c>SourceFirst</c>, with every option at its default, and comes back: no write fails, how
/// long writes take meanwhile stands beside the single-sided stage of the same run, and both sides become equal by themselves.
/// </summary>
internal sealed class TargetDownRun(ChaosOptions options, string folder, Journal journal)
{
    private const int Writers = 16;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly WriterFigures _figures = new() { KeepsDurations = true };
    private readonly List<Latencies> _latencies = [];

    private TimeSpan Away => TimeSpan.FromSeconds(options.Seconds);

    /// <summary>How long each stage is measured before.</summary>
    private TimeSpan Sample => TimeSpan.FromSeconds(Math.Clamp(options.Seconds / 3, 5, 20));

    /// <summary>How long the breaker may take to open, and then some.</summary>
    private TimeSpan Opening => TimeSpan.FromSeconds(Math.Min(10, options.Seconds / 2));

    public async Task<bool> RunAsync()
    {
        await using ChaosServer source = await ChaosServer.StartAsync();
        await using ChaosServer target = await ChaosServer.StartAsync();
        await BankTables.CreateAsync(source.ConnectionString, target.ConnectionString, Writers, KeySpace.QuietRows);
        using FileLog log = new(Path.Combine(folder, "service.log"));
        await using Migration migration = BankMigration.BuildByDefault(ChaosServer.ConnectionStringBy(source.Port), ChaosServer.ConnectionStringBy(target.Port), log);
        await migration.StartAsync();
        SwitchOptions patient = new() { WaitForGate = TimeSpan.FromMinutes(1) };
        await migration.SwitchAsync(Stage.SourceOnly, patient);

        using CancellationTokenSource resting = new();
        Task writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(async number =>
        {
            using Writer writer = new(migration, folder, number, options.Seed, TimeSpan.FromMilliseconds(20), _figures);
            await writer.RunAsync(resting.Token);
        }));
        await MeasureAsync(null, TimeSpan.FromSeconds(3));
        await MeasureAsync("src_only", Sample);
        await migration.SwitchAsync(Stage.SourceFirst, patient);
        await migration.Backfill.StartAsync();
        await migration.Backfill.WaitAsync();
        await ValidateAsync(migration);
        await MeasureAsync(null, TimeSpan.FromSeconds(2));
        await MeasureAsync("src_first", Sample);

        await (options.IsFrozen ? target.FreezeAsync() : target.KillAsync());
        journal.Say($"the target {(options.IsFrozen ? "stands still" : "is killed")}");
        await MeasureAsync("src_first, target away, at first", Opening);
        await MeasureAsync("src_first, target away, then", Away - Opening);
        await (options.IsFrozen ? target.ThawAsync() : target.StartAgainAsync());
        journal.Say("the target is back");
        TimeSpan? equal = await WaitForPastAsync(source.ConnectionString);
        await MeasureAsync("src_first, target back", Sample);
        await resting.CancelAsync();
        await writing;
        TimeSpan? settled = await Convergence.WaitAsync(source.ConnectionString, target.ConnectionString, journal.Say);
        return await JudgeAsync(source, target, equal, settled);
    }

    /// <summary>As after every backfill: deletes that raced with it may have left rows too many, and those are found and repaired.</summary>
    private async Task ValidateAsync(Migration migration)
    {
        ValidationReport report;
        do
        {
            await migration.Validation.StartFullAsync();
            report = await migration.Validation.WaitFullAsync();
            journal.Say($"validation: {report.State}, {report.Differences} differences {report.Detail}");
        }
        while (!report.IsClean);
    }

    private async Task MeasureAsync(string? name, TimeSpan time)
    {
        _figures.TakeDurations();
        // How long a phase of the measurement lasts.
        await Task.Delay(time);
        if (name is not null)
        {
            Latencies measured = Latencies.Of(name, _figures.TakeDurations());
            _latencies.Add(measured);
            journal.Say(measured.ToString());
        }
    }

    /// <summary>The load goes on: until no intent is left of all those that were open when the target came back.</summary>
    private static async Task<TimeSpan?> WaitForPastAsync(string source)
    {
        Stopwatch waited = Stopwatch.StartNew();
        long back = LedgerFile.Now;
        while (waited.Elapsed < s_limit)
        {
            if ((await BankTables.QueryAsync(source, $"SELECT count(*) FROM dbmove_intent WHERE created_at <= {back}", row => row.GetInt64(0)))[0] == 0)
            {
                return waited.Elapsed;
            }

            // The database is asked: no event tells of the last intent.
            await Task.Delay(20);
        }

        return null;
    }

    private async Task<bool> JudgeAsync(ChaosServer source, ChaosServer target, TimeSpan? equal, TimeSpan? settled)
    {
        LedgerBook[] books = [.. Enumerable.Range(1, Writers).Select(writer => LedgerBook.Read(folder, writer))];
        LedgerVerdict verdict = LedgerVerdict.Of(
            await SideRows.ReadAsync(source.ConnectionString, Side.Source), await SideRows.ReadAsync(target.ConnectionString, Side.Target), books);

        LedgerOperation[] failures = [.. books.SelectMany(book => book.Operations).Where(operation => operation.Outcome != Outcome.Acknowledged)];
        foreach (string line in ServiceLogs.Summarize(folder).Concat(failures.Take(10).Select(failure => $"failed: {failure.Kind} {failure.Outcome} {failure.Detail}")).Concat(verdict.Findings.Take(30)))
        {
            Console.WriteLine(line);
        }

        foreach (Latencies measured in _latencies)
        {
            Console.WriteLine(measured);
        }

        (double single, double dual, double open) = (_latencies[0].P99, _latencies[1].P99, _latencies[3].P99);
        bool passed = failures.Length == 0 && equal is not null && settled is not null && verdict is { Lost: 0, Diverged: 0, Contradictions: 0 };
        Console.WriteLine($"after the run: lost={verdict.Lost} diverged={verdict.Diverged} contradictions={verdict.Contradictions}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"target-down: seconds={options.Seconds:0} writes={verdict.Acknowledged} failed={failures.Length} p99_single_ms={single:0.0} p99_dual_ms={dual:0.0} p99_open_ms={open:0.0} ratio_open_to_single={open / single:0.00} equal_again_s={(equal is { } took ? took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "never")}"));
        return passed;
    }
}
