using System.Data.Common;
using System.Diagnostics;
using DbMove;
using Quickstart.Control;
using Quickstart.Events;
using Quickstart.Ledger;
using Quickstart.Options;
using Quickstart.Report;
using Quickstart.Seeding;
using Quickstart.Shop;
using Quickstart.Traffic;

namespace Quickstart.Scenario;

/// <summary>One run: prepare, migrate under load, check.</summary>
internal sealed class QuickstartRun(QuickstartOptions options)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly StepLog _log = new();
    private readonly List<string> _wrong = [];

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Workplace workplace = Workplace.Find(options);
        Preparation preparation = new(options, workplace);
        RunRecord record = await preparation.DecideAsync(cancellationToken);
        EventServer? events = options.Nats is { } url ? new EventServer(url, $"{workplace.Source.Name}\n{workplace.Target.Name}") : null;
        if (events is not null)
        {
            await events.CheckAsync(cancellationToken);
        }

        SeededShop seeded = new(record.Seed, record.Rows);
        bool succeeded = false;
        try
        {
            await using Migration migration = await StartAsync(preparation, events, record, seeded, cancellationToken);
            await using ControlServer? server = options.Serve ? await ControlServer.StartAsync(migration, cancellationToken) : null;
            using HttpControl? http = server is null ? null : new HttpControl(server.Migration, server.Token);
            RunResult result = await MigrateAsync(migration, (IControl?)http ?? new DirectControl(migration), preparation, workplace, record, seeded, cancellationToken);
            succeeded = result.IsRight;
            Summary.Write(result, _log);
            WritePaths(workplace, kept: options.Keep || !succeeded);
            Console.Out.WriteLine(result);
            if (options.Stay)
            {
                await StayAsync(server!, cancellationToken);
            }

            return succeeded ? 0 : 1;
        }
        catch (Exception exception) when (exception is WrongResultException or DbMoveException or DbException)
        {
            await Console.Error.WriteLineAsync("quickstart: failed: " + exception.Message);
            WritePaths(workplace, kept: true);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(
                File.Exists(workplace.LedgerPath)
                    ? $"quickstart: interrupted; go on with --source {workplace.Source.Name} --target {workplace.Target.Name} --resume (for PostgreSQL give the connection strings again)."
                    : "quickstart: interrupted before the migration began.");
            return 1;
        }
        finally
        {
            if (succeeded && events is not null)
            {
                // Nothing is in it any more.
                await events.RemoveAsync();
            }

            if (succeeded && !options.Keep)
            {
                workplace.Remove();
            }
        }
    }

    /// <summary>Makes the shop and starts the migration; where that is refused, takes back what was made.</summary>
    private async Task<Migration> StartAsync(Preparation preparation, EventServer? events, RunRecord record, SeededShop seeded, CancellationToken cancellationToken)
    {
        _log.Begin(options.Resume ? "start" : "seed the shop, start");
        Migration? migration = null;
        try
        {
            await preparation.PrepareAsync(record, seeded, cancellationToken);
            migration = ShopMigration.Build(preparation.Source, preparation.Target, events);
            await migration.StartAsync(cancellationToken);
            _log.End(options.Resume ? "resumed" : $"{seeded.Customers:N0} customers, {seeded.Orders:N0} orders with their lines");
            return migration;
        }
        catch (Exception exception) when (exception is DbMoveException or DbException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            if (migration is not null)
            {
                await migration.DisposeAsync();
            }

            await preparation.UndoAsync();
            await (events is null || options.Resume ? Task.CompletedTask : events.RemoveAsync());
            throw exception is OperationCanceledException ? exception : new UsageException(exception.Message);
        }
    }

    private async Task<RunResult> MigrateAsync(
        Migration migration, IControl control, Preparation preparation, Workplace workplace, RunRecord record, SeededShop seeded, CancellationToken cancellationToken)
    {
        DamagePlan plan = new(seeded);
        using (LedgerFile ledger = new(workplace.LedgerPath))
        {
            LedgerContent? before = options.Resume ? LedgerContent.Read(workplace.LedgerPath) : null;
            ShopTraffic traffic = new(record.Writers, seeded, plan, new ShopRepositories(migration), ledger, before);
            DamageList damage = new(plan, preparation.Source, preparation.Target);
            Journey journey = new(migration, control, traffic, damage, preparation.Source, preparation.Target, workplace, _log, _wrong);
            await using ProgressDisplay display = ProgressDisplay.Start(migration, traffic.Counters, _log, seeded);
            traffic.Start();
            try
            {
                record = await journey.RunAsync(record, cancellationToken);
            }
            finally
            {
                await traffic.StopAsync();
            }

            Summary.AddTraffic(_log, traffic.Counters);
            if (!options.Stay)
            {
                await migration.StopAsync(CancellationToken.None);
            }
        }

        _log.Begin("final check by plain SQL");
        FinalCheckResult check = await new FinalCheck(seeded, LedgerContent.Read(workplace.LedgerPath), _wrong).RunAsync(preparation.Target, cancellationToken);
        int switches = await preparation.Source.CountSwitchesAsync(cancellationToken) + await preparation.Target.CountSwitchesAsync(cancellationToken);
        _log.End($"{check.Rows:N0} rows, {check.Writes:N0} acknowledged writes");
        return new RunResult(
            check, record.Found, record.Fixed, check.Differences + (record.Differences ?? 0), switches, record.LongestPause, Stopwatch.GetElapsedTime(_began), _wrong);
    }

    /// <summary>Keeps the server up until Ctrl+C, and says how to call it.</summary>
    private static async Task StayAsync(ControlServer server, CancellationToken cancellationToken)
    {
        Console.Out.WriteLine($"control: {server.Migration}");
        Console.Out.WriteLine($"curl -H 'Authorization: Bearer {server.Token}' {server.Migration}status");
        Console.Out.WriteLine("Ctrl+C ends it.");
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void WritePaths(Workplace workplace, bool kept)
    {
        if (kept)
        {
            Console.Out.WriteLine($"source: {workplace.Source.Name}");
            Console.Out.WriteLine($"target: {workplace.Target.Name}");
            Console.Out.WriteLine($"ledger: {workplace.LedgerPath}");
            Console.Out.WriteLine($"damage: {workplace.DamagePath}");
        }
    }
}
