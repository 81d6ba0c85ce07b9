using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DbMove.Tests.Servers;

/// <summary>
/// Stands between client and server. It counts round trips (how often the client speaks after the server has spoken), loses
/// the answer to a commit, and freezes: connections stay up and nothing comes through.
/// </summary>
public sealed class PostgreSqlRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile bool _isFrozen;
    private int _commitsToLose;
    private int _count;
    private int _connections;
    private int _serverSpokeLast = 1;

    public PostgreSqlRelay(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder = new(connectionString);
        _serverPort = builder.Port;
        _listener.Start();
        builder.Host = "127.0.0.1";
        builder.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = builder.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The server's, by way of the relay.</summary>
    public string ConnectionString { get; }

    /// <summary>Commits whose answer was lost.</summary>
    public int CommitsLost { get; private set; }

    /// <summary>Runs at the beginning of each round trip, before the server hears of it.</summary>
    public Action? RoundTrip { get; set; }

    /// <summary>Connections that were made to it so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Round trips since the last call.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    /// <summary>The server gets the next commit and does it; its answer never arrives, and the connection ends.</summary>
    public void LoseNextCommitAnswer() => Interlocked.Exchange(ref _commitsToLose, 1);

    /// <summary>From now on connections are accepted and kept, and whatever is said on any of them is swallowed.</summary>
    public void Freeze() => _isFrozen = true;

    /// <summary>New connections come through again; those that lost something end.</summary>
    public void Thaw()
    {
        foreach (TcpClient client in _clients.Keys)
        {
            client.Close();
        }

        _isFrozen = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
    }

    // A simple query: the letter, the length, the text and its closing zero.
    private static bool IsCommit(ReadOnlySpan<byte> sent) => sent.SequenceEqual("Q\0\0\0\u000BCOMMIT\0"u8);

    private async Task AcceptAsync()
    {
        List<Task> relays = [];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _connections);
                relays.Add(RelayAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The test is over.
        }

        await Task.WhenAll(relays).ConfigureAwait(false);
    }

    private async Task RelayAsync(TcpClient client)
    {
        using TcpClient near = client;
        using TcpClient far = new() { NoDelay = true };
        near.NoDelay = true;
        _clients.TryAdd(near, true);
        Link link = new();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token).ConfigureAwait(false);
            await Task.WhenAny(
                PumpAsync(link, near.GetStream(), far.GetStream(), fromClient: true),
                PumpAsync(link, far.GetStream(), near.GetStream(), fromClient: false)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One end has closed, or the test is over.
        }
        finally
        {
            _clients.TryRemove(near, out _);
        }
    }

    private async Task PumpAsync(Link link, NetworkStream from, NetworkStream to, bool fromClient)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is var read and > 0)
            {
                if (_isFrozen)
                {
                    continue;
                }

                if (fromClient && Interlocked.Exchange(ref _serverSpokeLast, 0) == 1)
                {
                    Interlocked.Increment(ref _count);
                    RoundTrip?.Invoke();
                }
                else if (!fromClient)
                {
                    Interlocked.Exchange(ref _serverSpokeLast, 1);
                }

                if (fromClient && IsCommit(buffer.AsSpan(0, read)) && Interlocked.Exchange(ref _commitsToLose, 0) == 1)
                {
                    link.LosesAnswer = true;
                }
                else if (!fromClient && link.LosesAnswer)
                {
                    // The server has answered, so the commit is done.
                    CommitsLost++;
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One end has closed, or the test is over.
        }
    }

    private sealed class Link
    {
        public volatile bool LosesAnswer;
    }
}
