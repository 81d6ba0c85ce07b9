using System.Globalization;
using DbMove.Chaos.Servers;
using DbMove.Chaos.Services;

namespace DbMove.Chaos.Scenario;

/// <summary>Two servers, the services, and a network between each service and each server.</summary>
internal sealed class ChaosFleet : IAsyncDisposable
{
    private readonly ProcessGuard _guard = new();
    private readonly CancellationTokenSource _stop = new();
    private TcpProxy[][] _proxies = [];
    private Task _keeping = Task.CompletedTask;

    private ChaosFleet(ChaosServer source, ChaosServer target) => Servers = [source, target];

    /// <summary>By <see cref="Side"/>.</summary>
    public ChaosServer[] Servers { get; }

    public ServiceProcess[] Services { get; private set; } = [];

    public string Source => Servers[0].ConnectionString;

    public string Target => Servers[1].ConnectionString;

    public string On(Side side) => Servers[(int)side].ConnectionString;

    /// <summary>Starts the servers and names the services; none of them runs yet.</summary>
    public static async Task<ChaosFleet> CreateAsync(string folder, int services, int writers, int seed, TimeSpan pace)
    {
        ChaosFleet fleet = new(await ChaosServer.StartAsync(), await ChaosServer.StartAsync());
        fleet._proxies = [.. Enumerable.Range(0, services).Select(_ => fleet.Servers.Select(server => new TcpProxy(server.Port)).ToArray())];
        fleet.Services =
        [
            .. fleet._proxies.Select((proxies, number) => new ServiceProcess(
                new ServiceArguments(
                    "service-" + number.ToString(CultureInfo.InvariantCulture), ChaosServer.ConnectionStringBy(proxies[0].Port), ChaosServer.ConnectionStringBy(proxies[1].Port), folder, seed,
                    [.. Enumerable.Range(1, writers).Where(writer => writer % services == number)], pace),
                fleet._guard)),
        ];
        return fleet;
    }

    /// <summary>The network between a service (-1: every one) and a server.</summary>
    public IReadOnlyList<TcpProxy> ProxiesOf(int service, Side side) =>
        [.. _proxies.Where((_, number) => service < 0 || number == service).Select(proxies => proxies[(int)side])];

    /// <summary>Starts the services, and from now on whichever has ended and is not held down.</summary>
    public async Task StartAsync()
    {
        bool[] started = await Task.WhenAll(Services.Select(service => service.TryStartAsync()));
        if (!started.All(each => each))
        {
            throw new InvalidOperationException("The services did not start although both servers are there.");
        }

        _keeping = Task.WhenAll(Services.Select(service => KeepAsync(service, _stop.Token)));
    }

    /// <summary>Waits until every service is there.</summary>
    public async Task WaitForServicesAsync(TimeSpan within)
    {
        using CancellationTokenSource late = new(within);
        while (!Services.All(service => service.IsUp))
        {
            // A process is looked at from outside.
            await Task.Delay(100, late.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (ServiceProcess service in Services)
        {
            await service.KillAsync();
        }

        foreach (TcpProxy proxy in _proxies.SelectMany(proxies => proxies))
        {
            await proxy.DisposeAsync();
        }

        foreach (ChaosServer server in Servers)
        {
            await server.DisposeAsync();
        }

        await _guard.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task KeepAsync(ServiceProcess service, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!service.IsUp && !service.IsHeldDown)
            {
                await service.TryStartAsync();
            }

            // What starts a service again is an orchestrator that looks now and then.
            await Task.Delay(200, cancellationToken);
        }
    }
}
