using System.Diagnostics.CodeAnalysis;

namespace DbMove.Sqlite.Sessions;

/// <summary>
/// Lets the writers of this process in one by one, in the order they came, without holding a thread while they wait.
/// SQLite would let them poll for its lock instead, and the unlucky one polls longest.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore owns a handle only when its wait handle is asked for, and a session that ends after the database must still be able to leave.")]
internal sealed class WriteGate
{
    private readonly SemaphoreSlim _free = new(1, 1);

    public Task<bool> EnterAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        _free.WaitAsync(timeout < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : timeout, cancellationToken);

    public void Leave() => _free.Release();
}
