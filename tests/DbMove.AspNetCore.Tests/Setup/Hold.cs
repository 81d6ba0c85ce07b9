namespace DbMove.AspNetCore.Tests.Setup;

/// <summary>Holds the first passer of a probe point until released: the race is forced, not hoped for.</summary>
internal sealed class Hold
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public static Hold At(Migration migration, string point)
    {
        Hold hold = new();
        migration.Context.Probes.Handler = async (passed, cancellationToken) =>
        {
            if (passed == point && Interlocked.Increment(ref hold._passed) == 1)
            {
                hold._reached.TrySetResult();
                await hold._released.Task.WaitAsync(cancellationToken);
            }
        };
        return hold;
    }

    public void Release() => _released.TrySetResult();
}
