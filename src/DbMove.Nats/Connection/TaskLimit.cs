namespace DbMove.Nats.Connection;

/// <summary>Waits for what the client cannot be told to stop.</summary>
internal static class TaskLimit
{
    /// <summary>Waits for a bounded time. What becomes of the task after that is nobody's concern, and no unobserved exception.</summary>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public static Task WithinAsync(this Task task, TimeSpan limit, CancellationToken cancellationToken)
    {
        _ = task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task.WaitAsync(limit, cancellationToken);
    }
}
