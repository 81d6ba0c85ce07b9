namespace DbMove;

/// <summary>
/// How often a write is tried again after a failure that passes, when it is certain that nothing was committed: a deadlock, a
/// serialization failure, a pooled connection that turned out to be dead. Never after a commit without an answer.
/// </summary>
/// <remarks>
/// Holds for single writes and for <see cref="Migration.ExecuteInTransactionAsync(Func{DualWriteTransaction, CancellationToken, Task}, System.Data.IsolationLevel, CancellationToken)"/>.
/// Inside a transaction that the caller began nothing is tried again. Delays grow exponentially, with jitter. What has waited for a
/// time-out or a lock in vain is not made to wait again.
/// </remarks>
public sealed class RetryOptions
{
    /// <summary>How many tries may follow the first. Default 3; 0 to 100. With 0 there is exactly one try.</summary>
    public int MaximumRetries { get; set; } = 3;

    /// <summary>The delay before the first retry, on average; it grows from there. Default 20 ms; 1 ms to 1 min.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest delay. Default 1 s; <see cref="BaseDelay"/> to 10 min.</summary>
    public TimeSpan MaximumDelay { get; set; } = TimeSpan.FromSeconds(1);
}
