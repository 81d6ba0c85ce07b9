using System.Diagnostics;
using DbMove;
using Quickstart.Control;
using Quickstart.Databases;
using Quickstart.Traffic;

namespace Quickstart.Scenario;

/// <summary>
/// The way through every stage, while the traffic goes on. Everything is driven by the control; the migration is asked only for
/// the reports, which name rows.
/// </summary>
internal sealed class Journey(
    Migration migration, IControl control, ShopTraffic traffic, DamageList damage, ShopDatabase source, ShopDatabase target, Workplace workplace, StepLog log, ICollection<string> wrong)
{
    private const int WarmUpWrites = 100;
    private const int MinimumWrites = 5_000;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);
    private readonly StageSwitches _switches = new(control, traffic.Counters, log);
    private RunRecord _record = null!;

    public async Task<RunRecord> RunAsync(RunRecord record, CancellationToken cancellationToken)
    {
        _record = record;
        await DoAsync("initial", WarmUpAsync, cancellationToken);
        await DoAsync("src_only", token => _switches.GoAsync(Stage.SourceOnly, token), cancellationToken);
        await DoAsync("src_first", token => _switches.GoAsync(Stage.SourceFirst, token), cancellationToken);
        await DoAsync("backfill", BackfillAsync, cancellationToken);
        await DoAsync("full validation of the backfill", ValidateBackfillAsync, cancellationToken);
        await DoAsync("damage, full validation, repair", DamageAndRepairAsync, cancellationToken);
        await DoAsync("full validation", ValidateAsync, cancellationToken);
        await DoAsync("dst_first", token => _switches.GoAsync(Stage.TargetFirst, token), cancellationToken);
        await DoAsync("incremental validation", ValidateIncrementallyAsync, cancellationToken);
        await DoAsync("full validation on the target", ValidateAsync, cancellationToken);
        await DoAsync("back to src_first", token => _switches.GoAsync(Stage.SourceFirst, token), cancellationToken);
        await DoAsync("full validation, source again", ValidateAsync, cancellationToken);
        await DoAsync("dst_first again", token => _switches.GoAsync(Stage.TargetFirst, token), cancellationToken);
        await DoAsync("both sides by plain SQL", CompareAsync, cancellationToken);
        await DoAsync("dst_only", token => _switches.GoAsync(Stage.TargetOnly, token), cancellationToken);
        await DoAsync("completed", token => _switches.GoAsync(Stage.Completed, token), cancellationToken);
        await DoAsync("traffic on the target", FinishAsync, cancellationToken);
        return _record;
    }

    /// <summary>Runs a step unless an interrupted run has done it, and stops at once when the traffic has found something wrong.</summary>
    private async Task DoAsync(string name, Func<CancellationToken, Task<string>> step, CancellationToken cancellationToken)
    {
        if (_record.Done.Contains(name))
        {
            return;
        }

        log.Begin(name);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string> running = step(ended.Token);
        if (await Task.WhenAny(running, traffic.Failure) != running)
        {
            await ended.CancelAsync();
            await Task.WhenAny(running);
            await traffic.Failure;
        }

        log.End(await running);
        TimeSpan pause = traffic.Counters.LongestWriteAcrossSwitch;
        _record = _record with { Done = [.. _record.Done, name], LongestPause = pause > _record.LongestPause ? pause : _record.LongestPause };
        workplace.Write(_record);
    }

    private async Task<string> BackfillAsync(CancellationToken cancellationToken)
    {
        await control.StartBackfillAsync(cancellationToken);
        await WaitForWorkAsync(work => work.IsBackfilling, cancellationToken);
        BackfillReport report = await migration.Backfill.WaitAsync(cancellationToken);
        return report.State == BackfillState.Completed
            ? $"{report.RowsRead:N0} rows read, {report.RowsInserted:N0} inserted"
            : throw new WrongResultException($"The backfill ended as {report.State}: {report.Failure?.Message}");
    }

    /// <summary>
    /// A row that is deleted in the moment in which the backfill copies it may stay in the target. That is what the validation
    /// after a backfill is for, and the only difference that it may find.
    /// </summary>
    private async Task<string> ValidateBackfillAsync(CancellationToken cancellationToken)
    {
        ValidationReport report = await RunFullAsync(cancellationToken);
        foreach (ValidationDifference difference in report.Sample.Where(difference => difference.Kind != InconsistencyKind.MissingInSource))
        {
            wrong.Add($"the backfill left {difference.Entity} {difference.Key} as {difference.Kind}");
        }

        await WaitForRepairAsync(cancellationToken);
        return $"{report.RowsCompared:N0} rows compared, {report.Differences} left by deletes during the backfill, repaired";
    }

    private async Task<string> DamageAndRepairAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(workplace.DamagePath))
        {
            // An interrupted run has damaged the rows already; they are whole again before they are damaged anew.
            await RunFullAsync(cancellationToken);
            await WaitForRepairAsync(cancellationToken);
        }

        await damage.InflictAsync(workplace.DamagePath, cancellationToken);
        ValidationReport report = await RunFullAsync(cancellationToken);
        int found = damage.CountFound(report, wrong);
        await WaitForRepairAsync(cancellationToken);
        int mended = await damage.CountFixedAsync(cancellationToken);
        _record = _record with { Found = found, Fixed = mended };
        return $"{report.RowsCompared:N0} rows compared, {found} of 75 found, {mended} repaired";
    }

    private async Task<string> ValidateAsync(CancellationToken cancellationToken)
    {
        ValidationReport report = await RunFullAsync(cancellationToken);
        return report.IsClean
            ? $"{report.RowsCompared:N0} rows compared, clean"
            : throw new WrongResultException($"The full validation is not clean: {report.Detail} {string.Join("; ", report.Sample.Take(5).Select(difference => $"{difference.Entity} {difference.Key} {difference.Kind}"))}");
    }

    /// <summary>A pass may end without an answer, for instance when a key was written all the time: then it is repeated.</summary>
    private async Task<ValidationReport> RunFullAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            await control.StartFullValidationAsync(cancellationToken);
            await WaitForWorkAsync(work => work.IsValidating, cancellationToken);
            ValidationReport report = await migration.Validation.WaitFullAsync(cancellationToken);
            if (report.State is ValidationState.Clean or ValidationState.Differences || attempt == 3)
            {
                return report;
            }

            log.WaitingFor = $"validation was {report.State}: {report.Detail}";
        }
    }

    private async Task WaitForWorkAsync(Func<WorkState, bool> isRunning, CancellationToken cancellationToken)
    {
        while (isRunning(await control.ReadWorkAsync(cancellationToken)))
        {
            await Task.Delay(s_poll, cancellationToken);
        }
    }

    private async Task WaitForRepairAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while ((await control.ReadAsync(cancellationToken)).OpenEvents is not 0 and var open)
        {
            log.WaitingFor = $"{open?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "an unknown number of"} events to be repaired";
            if (Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new WrongResultException($"{open} events were not repaired within {s_patience.TotalSeconds:0} s.");
            }

            await Task.Delay(s_poll, cancellationToken);
        }
    }

    private async Task<string> ValidateIncrementallyAsync(CancellationToken cancellationToken)
    {
        long before = traffic.Counters.Writes;
        await control.StartIncrementalValidationAsync(cancellationToken);
        await WaitForWritesAsync(5 * s_second, MinimumWrites / 2, cancellationToken);
        await control.StopIncrementalValidationAsync(cancellationToken);
        await WaitForRepairAsync(cancellationToken);
        return $"{traffic.Counters.Writes - before:N0} writes followed";
    }

    private async Task<string> CompareAsync(CancellationToken cancellationToken)
    {
        long differences = 0;
        await traffic.WithoutWritesAsync(async () =>
        {
            await WaitForIntentsAsync(cancellationToken);
            log.WaitingFor = string.Empty;
            differences = await SideComparison.CountDifferencesAsync(source, target, wrong, cancellationToken);
        });
        _record = _record with { Differences = differences };
        return $"{differences} differences";
    }

    private async Task WaitForIntentsAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while ((await control.ReadAsync(cancellationToken)).OpenIntents is > 0 and var intents)
        {
            log.WaitingFor = $"{intents} open intents";
            if (Stopwatch.GetElapsedTime(began) > s_patience)
            {
                throw new WrongResultException($"{intents} intents stayed open for {s_patience.TotalSeconds:0} s without a write.");
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>The shop before any migration; and nobody's first call, with all that it compiles and connects, is taken for a pause.</summary>
    private async Task<string> WarmUpAsync(CancellationToken cancellationToken) => await WaitForWritesAsync(s_second, WarmUpWrites, cancellationToken);

    private async Task<string> FinishAsync(CancellationToken cancellationToken) => await WaitForWritesAsync(s_second, MinimumWrites, cancellationToken);

    /// <summary>Lets the traffic go on for a time at least, and until there have been so many writes.</summary>
    private async Task<string> WaitForWritesAsync(TimeSpan time, long writes, CancellationToken cancellationToken)
    {
        long before = traffic.Counters.Writes;
        await Task.Delay(time, cancellationToken);
        while (traffic.Counters.Writes < writes)
        {
            log.WaitingFor = $"{writes:N0} writes";
            await Task.Delay(20, cancellationToken);
        }

        return $"{traffic.Counters.Writes - before:N0} writes";
    }
}
