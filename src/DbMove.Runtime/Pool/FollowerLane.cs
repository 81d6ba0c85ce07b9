using System.Diagnostics.CodeAnalysis;

namespace DbMove.Pool;

/// <summary>
/// How many writes may be at a follower at once. One that answers serves far more than it has places; one that does not would
/// otherwise keep every writer, with a transaction open on the authority, until the time-out of each.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A write that outlives the close of the pool still leaves its place here; the semaphore has no handle to give back.")]
internal sealed class FollowerLane(int places, TimeSpan patience, bool isStubborn, TimeProvider time)
{
    private readonly SemaphoreSlim _free = new(places);
    private volatile bool _isStuck;

    /// <summary>Takes a place. False: there was none in time, and there is no use in waiting.</summary>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (_free.Wait(0, CancellationToken.None))
        {
            return true;
        }

        // One has waited in vain and nobody was answered since: the next need not find out for themselves.
        if (_isStuck && !isStubborn)
        {
            return false;
        }

        using CancellationTokenSource limit = new(patience, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _free.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _isStuck = true;
            return false;
        }
    }

    /// <summary>Gives the place back.</summary>
    /// <param name="isAnswered">Whether the follower has answered.</param>
    public void Leave(bool isAnswered)
    {
        if (isAnswered)
        {
            _isStuck = false;
        }

        _free.Release();
    }
}
