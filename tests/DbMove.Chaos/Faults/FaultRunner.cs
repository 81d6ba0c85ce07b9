using System.Diagnostics;
using DbMove.Chaos.Scenario;
using DbMove.Chaos.Servers;
using DbMove.Chaos.Services;

namespace DbMove.Chaos.Faults;

/// <summary>
/// Does to the fleet what the schedule says, and undoes it. Its delays are the schedule's: when a fault begins, and how long it lasts.
/// </summary>
internal sealed class FaultRunner(ChaosFleet fleet, Action<string> say)
{
    // A victim that is still down from the fault before is waited for: a fault that hits nothing is none.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim[] _serviceTurns = [.. fleet.Services.Select(_ => new SemaphoreSlim(1))];
    private readonly SemaphoreSlim[] _serverTurns = [new(1), new(1)];
    private readonly int[] _done = new int[Enum.GetValues<FaultKind>().Length];

    public int Of(FaultKind kind) => Volatile.Read(ref _done[(int)kind]);

    /// <summary>Runs the whole schedule; returns when every fault is over.</summary>
    public async Task RunAsync(IEnumerable<Fault> schedule, CancellationToken cancellationToken)
    {
        Stopwatch clock = Stopwatch.StartNew();
        List<Task> running = [];
        foreach (Fault fault in schedule)
        {
            TimeSpan left = fault.At - clock.Elapsed;
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancellationToken);
            }

            running.Add(RunAsync(fault, cancellationToken));
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(Fault fault, CancellationToken cancellationToken)
    {
        bool isDone = fault.Kind switch
        {
            FaultKind.KillService or FaultKind.StopService => await InTurnAsync(_serviceTurns[fault.Service], () => HitServiceAsync(fleet.Services[fault.Service], fault, cancellationToken)),
            FaultKind.KillServer or FaultKind.StopServer => await InTurnAsync(_serverTurns[(int)fault.Side!], () => HitServerAsync(fleet.Servers[(int)fault.Side!], fault, cancellationToken)),
            _ => await HitLinkAsync(fleet.ProxiesOf(fault.Service, fault.Side!.Value), fault, cancellationToken),
        };
        if (isDone)
        {
            Interlocked.Increment(ref _done[(int)fault.Kind]);
        }

        say($"{(isDone ? "over  " : "missed")} {fault}");
    }

    private static async Task<bool> InTurnAsync(SemaphoreSlim turn, Func<Task<bool>> run)
    {
        await turn.WaitAsync();
        try
        {
            return await run();
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task<bool> WaitForAsync(Func<bool> isUp, CancellationToken cancellationToken)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!isUp() && waited.Elapsed < s_patience)
        {
            // A process is looked at from outside.
            await Task.Delay(50, cancellationToken);
        }

        return isUp();
    }

    private static async Task<bool> HitServiceAsync(ServiceProcess service, Fault fault, CancellationToken cancellationToken)
    {
        if (!await WaitForAsync(() => service.IsUp, cancellationToken))
        {
            return false;
        }

        if (fault.Kind == FaultKind.KillService)
        {
            service.IsHeldDown = true;
            await service.KillAsync();
            await Task.Delay(fault.For, cancellationToken);
            service.IsHeldDown = false;
        }
        else
        {
            await service.FreezeAsync();
            await Task.Delay(fault.For, cancellationToken);
            await service.ThawAsync();
        }

        return true;
    }

    private static async Task<bool> HitServerAsync(ChaosServer server, Fault fault, CancellationToken cancellationToken)
    {
        if (!server.IsUp)
        {
            return false;
        }

        if (fault.Kind == FaultKind.KillServer)
        {
            await server.KillAsync();
            await Task.Delay(fault.For, cancellationToken);
            await server.StartAgainAsync();
        }
        else
        {
            await server.FreezeAsync();
            await Task.Delay(fault.For, cancellationToken);
            await server.ThawAsync();
        }

        return true;
    }

    private static async Task<bool> HitLinkAsync(IReadOnlyList<TcpProxy> links, Fault fault, CancellationToken cancellationToken)
    {
        foreach (TcpProxy link in links)
        {
            switch (fault.Kind)
            {
                case FaultKind.CutLink:
                    link.Cut();
                    break;
                case FaultKind.FreezeLink:
                    link.Freeze();
                    break;
                default:
                    link.Delay(fault.Delay);
                    break;
            }
        }

        await Task.Delay(fault.For, cancellationToken);
        foreach (TcpProxy link in links)
        {
            if (fault.EndsCut)
            {
                link.Cut();
            }

            link.Thaw();
            link.Mend();
            link.Delay(TimeSpan.Zero);
        }

        return true;
    }
}
