namespace DbMove.AdoNet;

/// <summary>Counts commands, readers and transactions in flight, and lets no new one in once it is closed.</summary>
internal sealed class WorkInFlight(string owner)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _isClosed;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), owner);

    /// <summary>Lets one in; disposing what it returns, however often, lets it out.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public IDisposable Enter()
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _count++;
            return new Entry(this);
        }
    }

    /// <summary>Lets nobody in any more, and completes when the last one is out.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_count == 0)
            {
                _idle.TrySetResult();
            }

            return _idle.Task;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0 && _isClosed)
            {
                _idle.TrySetResult();
            }
        }
    }

    private sealed class Entry(WorkInFlight work) : IDisposable
    {
        private int _isOut;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOut, 1) == 0)
            {
                work.Leave();
            }
        }
    }
}
