using DbMove.Scheduling;

namespace DbMove.Pool;

/// <summary>Whether writes may begin, and how many are in flight: a close waits for them.</summary>
internal sealed class PoolLifetime(MigrationContext context)
{
    private readonly Lock _turning = new();
    private TaskCompletionSource? _drained;
    private int _inFlight;
    private bool _isOpen;
    private bool _isDisposed;

    /// <summary>Writes may begin from now on.</summary>
    public void Open()
    {
        lock (_turning)
        {
            _isOpen = !_isDisposed;
        }
    }

    /// <summary>Begins a write; <see cref="Exit"/> ends it.</summary>
    /// <exception cref="MigrationNotRunningException">The migration was not started, or was stopped.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public void Enter()
    {
        lock (_turning)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Migration));
            if (!_isOpen)
            {
                throw new MigrationNotRunningException(context.Name);
            }

            _inFlight++;
        }
    }

    /// <summary>Goes on with something that is in flight already.</summary>
    public void Continue()
    {
        lock (_turning)
        {
            _inFlight++;
        }
    }

    public void Exit()
    {
        lock (_turning)
        {
            if (--_inFlight == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }

    /// <summary>Refuses new writes and waits for those in flight, for as long as one of them may wait for locks and the follower.</summary>
    public async Task CloseAsync(bool forGood, CancellationToken cancellationToken)
    {
        Task drained;
        lock (_turning)
        {
            (_isOpen, _isDisposed) = (false, _isDisposed || forGood);
            drained = _inFlight == 0 ? Task.CompletedTask : (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        TimeSpan bound = context.Options.LockTimeout + context.Options.FollowerTimeout;
        await drained.WaitAsync(bound, context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_turning)
        {
            if (_inFlight > 0)
            {
                PoolLog.StoppedInFlight(context.Logger, context.Name, _inFlight, bound);
            }

            _drained = null;
        }
    }
}
