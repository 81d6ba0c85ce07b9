using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DbMove.Chaos.Servers;

/// <summary>A network between one service and one server: it delays what is said, holds it back, or cuts every connection.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Link, bool> _links = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _frozen;
    private volatile bool _isCut;
    private int _delay;

    public TcpProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whatever is said arrives this much later, in both directions.</summary>
    public void Delay(TimeSpan by) => Volatile.Write(ref _delay, (int)by.TotalMilliseconds);

    /// <summary>Nothing arrives any more; connections stay up, and nobody is told.</summary>
    public void Freeze() => _frozen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held back arrives.</summary>
    public void Thaw()
    {
        TaskCompletionSource? frozen = _frozen;
        _frozen = null;
        frozen?.TrySetResult();
    }

    /// <summary>Every connection is reset, and new ones are, until <see cref="Mend"/>. What was held back is lost.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (Link link in _links.Keys)
        {
            link.Reset();
        }

        Thaw();
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                TcpClient near = await _listener.AcceptTcpClientAsync(_stop.Token);
                Link link = new(near);
                if (_isCut)
                {
                    link.Reset();
                }
                else
                {
                    _ = RelayAsync(link);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The run is over.
        }
    }

    private async Task RelayAsync(Link link)
    {
        _links.TryAdd(link, true);
        try
        {
            await link.Far.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            (NetworkStream near, NetworkStream far) = (link.Near.GetStream(), link.Far.GetStream());
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // An end has closed, or the server is away.
        }
        finally
        {
            _links.TryRemove(link, out _);
            link.Reset();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is var read and > 0)
            {
                if (Volatile.Read(ref _delay) is > 0 and int delay)
                {
                    // The fault itself: a slow network.
                    await Task.Delay(delay, _stop.Token);
                }

                if (_frozen is { } frozen)
                {
                    await frozen.Task;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
        {
            // An end has closed, or the run is over.
        }
    }

    private sealed class Link
    {
        public Link(TcpClient near)
        {
            Near = near;
            (Near.NoDelay, Far.NoDelay) = (true, true);
        }

        public TcpClient Near { get; }

        public TcpClient Far { get; } = new();

        /// <summary>Ends both connections by a reset, as a network does that fails.</summary>
        public void Reset()
        {
            foreach (TcpClient end in (TcpClient[])[Near, Far])
            {
                try
                {
                    end.LingerState = new LingerOption(enable: true, seconds: 0);
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException or NullReferenceException)
                {
                    // It is closed already.
                }

                end.Dispose();
            }
        }
    }
}
