namespace DbMove.Scheduling;

/// <summary>Workers that stand and fall together.</summary>
internal static class WorkerGroup
{
    /// <summary>
    /// Runs so many workers at once and returns when all have ended. The first that fails ends the others, and its
    /// exception is the one that is thrown, not the cancellation that it caused.
    /// </summary>
    public static async Task RunAsync(int workers, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // On the pool: a dialect may run synchronously, and workers are to run side by side.
        Task[] running = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(() => work(all.Token), CancellationToken.None))];
        Task? failed = null;
        await foreach (Task ended in Task.WhenEach(running).ConfigureAwait(false))
        {
            if (!ended.IsCompletedSuccessfully && failed is null)
            {
                failed = ended;
                await all.CancelAsync().ConfigureAwait(false);
            }
        }

        await (failed ?? Task.CompletedTask).ConfigureAwait(false);
    }
}
