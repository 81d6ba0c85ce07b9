using System.Diagnostics;

namespace DbMove.Scheduling;

/// <summary>
/// One loop that runs for as long as the migration does. A loop that fails is logged, shown in health and started again:
/// a dead one would go unnoticed.
/// </summary>
internal sealed class BackgroundWork(string name, MigrationContext context, Func<CancellationToken, Task> run, Func<string>? describe = null)
{
    private static readonly TimeSpan s_restartDelay = TimeSpan.FromSeconds(1);

    private volatile Exception? _failure;
    private long _failedAt;

    public string Name { get; } = name;

    /// <summary>What it is at, in words.</summary>
    public string Detail => describe?.Invoke() ?? "runs";

    /// <summary>The failure that the loop was last started again after, while it is recent; null when all is well.</summary>
    public Exception? RecentFailure => _failure is { } failure && context.Time.GetElapsedTime(Volatile.Read(ref _failedAt)) < TimeSpan.FromMinutes(1) ? failure : null;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // What it does for hours is no part of the trace in which somebody started the migration.
        Activity.Current = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await run(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The supervisor's one job: whatever ended the loop is shown, and the loop begins again.
                Volatile.Write(ref _failedAt, context.Time.GetTimestamp());
                _failure = exception;
                SchedulingLog.WorkFailed(context.Logger, exception, context.Name, Name);
                await Task.Delay(s_restartDelay, context.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
