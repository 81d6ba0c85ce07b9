using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DbMove.PostgreSql.Tests;

/// <summary>
/// Stands between client and server and counts round trips: how often the client speaks after the server has spoken.
/// </summary>
internal sealed class RoundTripCounter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _count;
    private int _serverSpokeLast = 1;

    public RoundTripCounter(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = new(connectionString);
        _serverPort = builder.Port;
        _listener.Start();
        builder.Host = "127.0.0.1";
        builder.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = builder.ConnectionString;
        _accepting = AcceptAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Round trips since the last call.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            List<Task> relays = [];
            while (!_stop.IsCancellationRequested)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                relays.Add(RelayAsync(client));
            }

            await Task.WhenAll(relays);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using TcpClient far = new() { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
        await Task.WhenAny(
            PumpAsync(near.GetStream(), far.GetStream(), fromClient: true),
            PumpAsync(far.GetStream(), near.GetStream(), fromClient: false));
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool fromClient)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is var read and > 0)
            {
                if (fromClient && Interlocked.Exchange(ref _serverSpokeLast, 0) == 1)
                {
                    Interlocked.Increment(ref _count);
                }
                else if (!fromClient)
                {
                    Interlocked.Exchange(ref _serverSpokeLast, 1);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // One end has closed, or the test is over.
        }
    }
}
