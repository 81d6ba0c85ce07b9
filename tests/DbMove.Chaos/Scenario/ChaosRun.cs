using System.Globalization;
using DbMove.Chaos.Bank;
using DbMove.Chaos.Faults;
using DbMove.Chaos.Ledger;
using DbMove.Chaos.Options;
using DbMove.Chaos.Verdict;

namespace DbMove.Chaos.Scenario;

/// <summary>Load, faults and an operator at once; then peace, and the verdict.</summary>
internal sealed class ChaosRun(ChaosOptions options, string folder, Journal journal)
{
    private const int Services = 3;

    private const int Writers = 16;

    private double Minutes => options.Minutes ?? 2;

    /// <summary>Runs; true: nothing was lost, and what was to be shown was shown.</summary>
    public async Task<bool> RunAsync()
    {
        IReadOnlyList<Fault> schedule = FaultSchedule.Draw(options.Seed, Minutes, Services);
        journal.Say($"seed {options.Seed}: {schedule.Count} faults in {Minutes} min");
        foreach (Fault fault in schedule)
        {
            Console.WriteLine("  " + fault);
        }

        await using ChaosFleet fleet = await ChaosFleet.CreateAsync(folder, Services, Writers, options.Seed, pace: TimeSpan.FromMilliseconds(10));
        await BankTables.CreateAsync(fleet.Source, fleet.Target, Writers, KeySpace.QuietRows);
        await fleet.StartAsync();
        Operator @operator = new(fleet, options.Seed, journal.Say);
        await @operator.EnterAsync();
        await AlarmVerdict.RecordAsync(fleet.Target);
        FaultRunner faults = new(fleet, journal.Say);
        journal.Say("load begins");
        await LoadAsync(fleet, @operator, faults, schedule);

        journal.Say("all is healed");
        await fleet.WaitForServicesAsync(TimeSpan.FromMinutes(1));
        await @operator.FinishAsync(TimeSpan.FromMinutes(3));
        await Task.WhenAll(fleet.Services.Select(service =>
        {
            service.Writes = false;
            return service.AskAsync("rest", TimeSpan.FromMinutes(2));
        }));
        journal.Say("writers rest");
        TimeSpan? converged = await Convergence.WaitAsync(fleet.Source, fleet.Target, journal.Say);
        journal.Say(converged is null ? "not converged" : "converged");
        string last = await @operator.ValidateAsync(CancellationToken.None);
        journal.Say($"last validation: {last}");
        return await JudgeAsync(fleet, @operator, faults, converged, last);
    }

    private async Task LoadAsync(ChaosFleet fleet, Operator @operator, FaultRunner faults, IReadOnlyList<Fault> schedule)
    {
        using CancellationTokenSource loadEnds = new(TimeSpan.FromMinutes(Minutes));
        foreach (Services.ServiceProcess service in fleet.Services)
        {
            service.Writes = true;
            await service.AskAsync("write", TimeSpan.FromSeconds(30));
        }

        Task operating = @operator.RunAsync(loadEnds.Token);
        await faults.RunAsync(schedule, CancellationToken.None);
        await operating;
    }

    private async Task<bool> JudgeAsync(ChaosFleet fleet, Operator @operator, FaultRunner faults, TimeSpan? converged, string last)
    {
        LedgerBook[] books = [.. Enumerable.Range(1, Writers).Select(writer => LedgerBook.Read(folder, writer))];
        LedgerVerdict ledgers = LedgerVerdict.Of(await SideRows.ReadAsync(fleet.Source, Side.Source), await SideRows.ReadAsync(fleet.Target, Side.Target), books);
        AlarmVerdict alarms = await AlarmVerdict.OfAsync(fleet.Target, books, @operator.Excused, @operator.Damage);
        int kills = faults.Of(FaultKind.KillService) + faults.Of(FaultKind.KillServer);
        int stops = faults.Of(FaultKind.StopService) + faults.Of(FaultKind.StopServer);
        int cuts = faults.Of(FaultKind.CutLink) + faults.Of(FaultKind.FreezeLink) + faults.Of(FaultKind.DelayLink);
        int deaths = fleet.Services.Sum(service => service.Deaths);
        foreach (string line in ServiceLogs.Summarize(folder).Concat(ServiceLogs.Errors(folder).Take(10)).Concat(ledgers.Findings.Take(60)).Concat(alarms.Findings.Take(30)))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine("faults: " + string.Join(", ", Enum.GetValues<FaultKind>().Select(kind => $"{kind} {faults.Of(kind)}")));
        Console.WriteLine(
            $"writes: {ledgers.Acknowledged} acknowledged, {ledgers.Failed} certainly failed, {ledgers.Unknown} unknown ({ledgers.UnknownApplied} of them applied), {ledgers.Contradictions} contradictions");
        Console.WriteLine($"validation: {alarms.Reported} keys reported, damage found {alarms.Damage.Found} of {alarms.Damage.Planted} planted; backfills run: {@operator.Backfills}");
        string[] failures =
        [
            .. Require(ledgers.Lost == 0, "acknowledged writes are lost"),
            .. Require(ledgers.Diverged == 0, "the sides differ"),
            .. Require(ledgers.Contradictions == 0, "the library contradicted itself"),
            .. Require(alarms.FalseAlarms == 0, "inconsistencies were reported that nothing explains"),
            .. Require(alarms.Damage.Found == alarms.Damage.Planted, "planted damage was not reported"),
            .. Require(ledgers.Unknown * 100 < ledgers.Acknowledged, "1 % of the outcomes or more are unknown"),
            .. Require(converged is not null, "it did not converge within 60 s"),
            .. Require(last.StartsWith("Clean", StringComparison.Ordinal), "the last validation is not clean"),
            .. Require(deaths == 0, $"services ended by themselves {deaths} times"),
            .. Require(kills >= Math.Floor(2.5 * Minutes), "too few kills"),
            .. Require(Enum.GetValues<FaultKind>().All(kind => faults.Of(kind) >= (Minutes >= 2 ? 2 : 1)), "a kind of fault is missing"),
            .. Require(@operator.Switches > 0, "no switch came through"),
            .. Require(@operator.Validations > 0, "no validation came through"),
        ];
        foreach (string failure in failures)
        {
            Console.WriteLine("FAILED: " + failure);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"chaos: seed={options.Seed} kills={kills} stops={stops} cuts={cuts} switches={@operator.Switches} validations={@operator.Validations} acknowledged={ledgers.Acknowledged} unknown={ledgers.Unknown} lost={ledgers.Lost} diverged={ledgers.Diverged} false_alarms={alarms.FalseAlarms} converged_s={(converged is { } took ? took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "never")}"));
        return failures.Length == 0;
    }

    private static string[] Require(bool holds, string failure) => holds ? [] : [failure];
}
