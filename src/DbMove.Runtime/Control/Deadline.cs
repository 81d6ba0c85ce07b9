namespace DbMove.Control;

/// <summary>
/// How long something may take that asks a side: one that is frozen never answers, and no server's limit ends that. Its token
/// ends with the caller's too.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _caller;

    public Deadline(TimeSpan most, TimeProvider time, CancellationToken caller)
    {
        _source = new CancellationTokenSource(most, time);
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        _caller = caller;
    }

    /// <summary>Cancelled when the time is over, or by the caller.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Begins anew, if it has not passed.</summary>
    public void Restart(TimeSpan most) => _source.CancelAfter(most);

    /// <summary>Whether this is what the end of the time looks like, and not the caller's own cancellation.</summary>
    public bool Explains(Exception exception) => exception is OperationCanceledException && !_caller.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
