namespace DbMove.Protocol.Tests.Setup;

/// <summary>Holds the first passer of a probe point until released: the race is forced, not hoped for.</summary>
internal sealed class Hold
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    private Hold()
    {
    }

    /// <summary>Completes when the point was reached.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public static Hold At(Migration migration, string point)
    {
        Hold barrier = new();
        migration.Context.Probes.Handler = async (passed, cancellationToken) =>
        {
            if (passed == point && Interlocked.Increment(ref barrier._passed) == 1)
            {
                barrier._reached.TrySetResult();
                await barrier._released.Task.WaitAsync(cancellationToken);
            }
        };
        return barrier;
    }

    public void Release() => _released.TrySetResult();
}
