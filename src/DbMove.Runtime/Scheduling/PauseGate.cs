namespace DbMove.Scheduling;

/// <summary>A gate that workers pass between two steps; closed while the engine is paused.</summary>
internal sealed class PauseGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed is not null;
            }
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _closed?.TrySetResult();
            _closed = null;
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? closed;
            lock (_lock)
            {
                closed = _closed?.Task;
            }

            if (closed is null)
            {
                return;
            }

            await closed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
