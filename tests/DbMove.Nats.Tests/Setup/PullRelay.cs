using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DbMove.Nats.Tests.Setup;

/// <summary>Stands between client and server, and lets everything through but, on demand, pulls: to the client their consumer is dead.</summary>
internal sealed class PullRelay : IAsyncDisposable
{
    private static readonly byte[] s_pull = Encoding.ASCII.GetBytes("$JS.API.CONSUMER.MSG.NEXT.");

    // JetStream listens there and knows no such request: it says nothing.
    private static readonly byte[] s_nothing = Encoding.ASCII.GetBytes("$JS.API.CONSUMER.MSG.NONE.");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly int _serverPort;
    private volatile bool _isDeaf;

    public PullRelay(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _running.Add(AcceptAsync());
    }

    public string Url => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Whether pulls are swallowed.</summary>
    public bool IsDeaf
    {
        get => _isDeaf;
        set => _isDeaf = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _running.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using TcpClient server = new();
            await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            await await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), true), CopyAsync(server.GetStream(), client.GetStream(), false));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool isClients)
    {
        byte[] buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, _stop.Token) is > 0 and int count)
        {
            if (isClients && _isDeaf)
            {
                for (int at = 0; buffer.AsSpan(at, count - at).IndexOf(s_pull) is >= 0 and int found; at += found + s_pull.Length)
                {
                    s_nothing.CopyTo(buffer, at + found);
                }
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
