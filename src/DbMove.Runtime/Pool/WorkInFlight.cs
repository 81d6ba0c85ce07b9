namespace DbMove.Pool;

/// <summary>Counts work in flight, lets none in while it is closed, and waits at a close for what is in.</summary>
/// <param name="owner">What is disposed when it is closed for good.</param>
/// <param name="notOpen">What is thrown while it is not open.</param>
internal sealed class WorkInFlight(string owner, Func<Exception> notOpen)
{
    private readonly Lock _turning = new();
    private TaskCompletionSource? _drained;
    private int _count;
    private bool _isOpen;
    private bool _isClosedForGood;

    /// <summary>How much is in flight.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Lets work in from now on, unless it was closed for good.</summary>
    public void Open()
    {
        lock (_turning)
        {
            _isOpen = !_isClosedForGood;
        }
    }

    /// <exception cref="ObjectDisposedException">It was closed for good.</exception>
    public void ThrowIfClosed()
    {
        lock (_turning)
        {
            ObjectDisposedException.ThrowIf(_isClosedForGood, owner);
            if (!_isOpen)
            {
                throw notOpen();
            }
        }
    }

    /// <summary>Lets one in; <see cref="Exit"/> lets it out.</summary>
    /// <exception cref="ObjectDisposedException">It was closed for good.</exception>
    public void Enter()
    {
        lock (_turning)
        {
            ThrowIfClosed();
            _count++;
        }
    }

    /// <summary>Lets one in; disposing what it returns, however often, lets it out.</summary>
    /// <exception cref="ObjectDisposedException">It was closed for good.</exception>
    public IDisposable Hold()
    {
        Enter();
        return new Entry(this);
    }

    /// <summary>Goes on with something that is in flight already, open or not.</summary>
    public void Continue()
    {
        lock (_turning)
        {
            _count++;
        }
    }

    public void Exit()
    {
        lock (_turning)
        {
            if (--_count == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }

    /// <summary>Lets nobody in any more, and waits so long until the last is out.</summary>
    /// <returns>How much is in flight still.</returns>
    public async Task<int> CloseAsync(bool forGood, TimeSpan bound, TimeProvider time, CancellationToken cancellationToken)
    {
        Task drained;
        lock (_turning)
        {
            (_isOpen, _isClosedForGood) = (false, _isClosedForGood || forGood);
            drained = _count == 0 ? Task.CompletedTask : (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await drained.WaitAsync(bound, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_turning)
        {
            _drained = null;
            return _count;
        }
    }

    private sealed class Entry(WorkInFlight work) : IDisposable
    {
        private int _isOut;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOut, 1) == 0)
            {
                work.Exit();
            }
        }
    }
}
