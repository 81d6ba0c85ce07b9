namespace DbMove.Fleet;

/// <summary>
/// Whether this instance leads, as far as it knows, and the work that only the leader does. Leading saves work, and safety
/// never rests on it: two instances that both believe they lead repair, verify and promote as two always may, under the
/// locks of the databases.
/// </summary>
internal sealed class Leadership(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _term;
    private TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsLeading
    {
        get
        {
            lock (_lock)
            {
                return _term is { IsCancellationRequested: false };
            }
        }
    }

    /// <summary>Leads, or goes on leading, for so long from now; <see cref="Timeout.InfiniteTimeSpan"/>: until told otherwise.</summary>
    public void Lead(TimeSpan most)
    {
        lock (_lock)
        {
            if (_term is { IsCancellationRequested: false } term)
            {
                term.CancelAfter(most);
                return;
            }

            _term?.Dispose();
            _term = new CancellationTokenSource(most, time);

            // Another for whoever waits for the term after this one, which may run out before anybody has looked.
            _begun.SetResult();
            _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Leads no more: what only the leader does is cancelled.</summary>
    public void Resign()
    {
        CancellationTokenSource? term;
        lock (_lock)
        {
            (term, _term) = (_term, null);
        }

        // Outside the lock: whoever is cancelled may ask at once who leads.
        term?.Cancel();
        term?.Dispose();
    }

    /// <summary>Work that runs while this instance leads, from the beginning each time it comes to lead.</summary>
    public Func<CancellationToken, Task> WhileLeading(Func<CancellationToken, Task> work) => async cancellationToken =>
    {
        while (true)
        {
            CancellationToken term = await WaitAsync(cancellationToken).ConfigureAwait(false);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(term, cancellationToken);
            try
            {
                await work(either.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (term.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Another leads now, or nobody; this instance may come to lead again.
            }
        }
    };

    public void Dispose() => Resign();

    private async Task<CancellationToken> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task begun;
            lock (_lock)
            {
                if (_term is { IsCancellationRequested: false } term)
                {
                    return term.Token;
                }

                begun = _begun.Task;
            }

            await begun.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
