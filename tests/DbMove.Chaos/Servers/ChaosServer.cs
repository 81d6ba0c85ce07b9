using DbMove.Tests.Servers;

namespace DbMove.Chaos.Servers;

/// <summary>One of the two private servers, with fsync on, and whether it is there just now.</summary>
internal sealed class ChaosServer(PostgreSqlProcess process) : IAsyncDisposable
{
    public int Port => process.Port;

    public bool IsUp { get; private set; } = true;

    /// <summary>Directly, not through a proxy: for the oracle.</summary>
    public string ConnectionString => ConnectionStringBy(process.Port) + ";Pooling=false";

    public static string ConnectionStringBy(int port) => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=40;Timeout=10;Command Timeout=15";

    public static async Task<ChaosServer> StartAsync() => new(await PostgreSqlProcess.StartAsync(
        PostgreSqlBinaries.Find() ?? throw new InvalidOperationException("PostgreSQL's binaries (initdb, pg_ctl) were not found."), isDurable: true));

    public async Task KillAsync()
    {
        IsUp = false;
        await process.KillAsync();
    }

    public async Task StartAgainAsync()
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await process.StartAsync(isDurable: true);
                IsUp = true;
                return;
            }
            catch (InvalidOperationException exception) when (attempt < 20)
            {
                // Its port is one that the system gives to any connection, and while it is free somebody may have it.
                Console.WriteLine("a server did not start: " + exception.Message);
                await Task.Delay(500);
            }
        }
    }

    public async Task FreezeAsync()
    {
        IsUp = false;
        await process.FreezeAsync();
    }

    public async Task ThawAsync()
    {
        await process.ThawAsync();
        IsUp = true;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
