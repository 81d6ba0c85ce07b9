namespace DbMove.Nats.Tests.Migrations;

/// <summary>Does something when a probe point is passed for the time number so many, and holds the passer until it is done.</summary>
internal static class At
{
    /// <returns>Completes when it has been done.</returns>
    public static Task Point(Migration migration, string point, int number, Func<Task> action)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int passed = 0;
        migration.Context.Probes.Handler = async (reached, _) =>
        {
            if (reached == point && Interlocked.Increment(ref passed) == number)
            {
                await action();
                done.TrySetResult();
            }
        };
        return done.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
