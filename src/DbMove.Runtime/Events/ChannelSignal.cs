namespace DbMove.Events;

/// <summary>Tells everyone who waits that something was published. Taken before the look, so that nothing is missed between the two.</summary>
internal sealed class ChannelSignal
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the next <see cref="Raise"/>.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a signal, at most so long.</summary>
    public static async Task WaitAsync(Task signal, TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await signal.WaitAsync(most, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Nothing was signalled: the caller looks for itself.
        }
    }
}
