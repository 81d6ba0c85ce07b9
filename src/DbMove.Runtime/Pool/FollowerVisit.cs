using DbMove.Dialects;

namespace DbMove.Pool;

/// <summary>A write's time at the follower: its place there and its transaction. Disposing it rolls back what was not committed.</summary>
internal sealed class FollowerVisit(FollowerBreaker breaker, TimeSpan bound, TimeProvider time) : IAsyncDisposable
{
    private bool _isAnswered;

    public FollowerBreaker Breaker { get; } = breaker;

    /// <summary>When it began.</summary>
    public long Since { get; } = time.GetTimestamp();

    /// <summary>The transaction; null until it was opened.</summary>
    public SideSession? Session { get; set; }

    public ValueTask AnsweredAsync()
    {
        _isAnswered = true;
        return Breaker.AnsweredAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Session is { } session)
        {
            ValueTask closing = session.DisposeAsync();
            if (!closing.IsCompletedSuccessfully)
            {
                // A server that froze meanwhile answers no rollback either. It must not hold up the authority; its connection
                // ends by itself, and what it had is rolled back then.
                await closing.AsTask().WaitAsync(bound, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        Breaker.Lane.Leave(_isAnswered);
    }
}
