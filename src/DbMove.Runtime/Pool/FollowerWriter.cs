using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Pool;

/// <summary>The follower's part of a write: steps 2 and 4 (DESIGN §3.3), bounded in time and in number.</summary>
internal sealed class FollowerWriter(MigrationContext context)
{
    private readonly MigrationOptions _options = context.Options;

    private bool IsStrict => _options.FollowerFailure == FollowerFailure.FailWrite;

    /// <summary>Step 2. Null: the follower did not take the images, and the intents stand for them.</summary>
    public async Task<FollowerVisit?> ApplyAsync(StageSnapshot stage, EntityChanges[] changes, CancellationToken cancellationToken)
    {
        FollowerBreaker breaker = context.Breakers[(int)stage.Follower];
        if (!breaker.IsClosed)
        {
            return Skip(stage, changes, $"counts as away since {breaker.OpenFor.TotalSeconds:0.###} s and is probed every {_options.Breaker.BreakDuration.TotalSeconds:0.###} s; the last failure: {breaker.Why?.Message}", breaker.Why);
        }

        if (!await breaker.Lane.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            return Skip(stage, changes, $"had no place free in time for one more write besides {_options.Breaker.MaximumWriters} (Breaker.MaximumWriters)", null);
        }

        SideDatabase database = context.Database(stage.Follower);
        FollowerVisit? visit = new(breaker, _options.FollowerTimeout, context.Time);
        using Deadline deadline = new(_options.FollowerTimeout, context.Time, cancellationToken);
        try
        {
            SideSession session = visit.Session = await database.OpenAsync(SessionUse.Write, deadline.Token).ConfigureAwait(false);
            await WriteAsync(session, changes, deadline.Token).ConfigureAwait(false);
            if (IsStrict)
            {
                await session.CheckDeferredConstraintsAsync(deadline.Token).ConfigureAwait(false);
            }

            MigrationTracing.Note("follower.applied");
            FollowerVisit applied = visit;
            visit = null;
            return applied;
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            TimeoutException late = new($"{database.DisplayName} did not answer within {_options.FollowerTimeout.TotalSeconds:0.###} s (FollowerTimeout).", exception);
            await FailAsync(visit!, stage, FailureKind.Availability, late, changes).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (database.Classify(exception) is { } kind)
        {
            await FailAsync(visit!, stage, kind, exception, changes).ConfigureAwait(false);
            return null;
        }
        finally
        {
            if (visit is not null)
            {
                await visit.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Begins on the follower and writes the images: deletes first, then upserts, under the key locks. Does not commit.</summary>
    public async Task WriteAsync(SideSession session, EntityChanges[] changes, CancellationToken cancellationToken)
    {
        await session.BeginAsync(
            new TransactionStart { Fence = FenceMode.Shared, LockTimeout = _options.FollowerTimeout, IdleTimeout = _options.LockTimeout + TimeSpan.FromSeconds(30) },
            cancellationToken).ConfigureAwait(false);
        await session.LockKeysAsync(
            KeyStripe.Sorted(changes.SelectMany(change => change.KeyTexts.Select(key => (change.Binding.Name, key)))), cancellationToken).ConfigureAwait(false);
        foreach (EntityChanges change in changes.Reverse())
        {
            await change.ApplyDeletesAsync(session, cancellationToken).ConfigureAwait(false);
        }

        foreach (EntityChanges change in changes)
        {
            await change.ApplyUpsertsAsync(session, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Step 4. False: the intents stay.</summary>
    public async Task<bool> TryCommitAsync(FollowerVisit visit, StageSnapshot stage, EntityChanges[] changes)
    {
        SideSession follower = visit.Session!;
        using CancellationTokenSource bounded = new(_options.FollowerTimeout, context.Time);
        try
        {
            await follower.CommitAsync(bounded.Token).ConfigureAwait(false);
            await visit.AnsweredAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            FailureKind kind = follower.Database.ClassifyCommit(exception);
            await ReportAsync(visit, kind, exception, changes).ConfigureAwait(false);
            PoolLog.FollowerFailed(context.Logger, exception, context.Name, stage.Follower.ToWireName(), kind.ToString(), IntentsOf(changes));
            return false;
        }
    }

    /// <summary>The follower did not take the images: the write fails, or its intents stand for them.</summary>
    private async ValueTask FailAsync(FollowerVisit visit, StageSnapshot stage, FailureKind kind, Exception failure, EntityChanges[] changes)
    {
        await ReportAsync(visit, kind, failure, changes).ConfigureAwait(false);
        if (IsStrict)
        {
            throw new FollowerWriteException(stage.Follower, kind, failure);
        }

        PoolLog.FollowerFailed(context.Logger, failure, context.Name, stage.Follower.ToWireName(), kind.ToString(), IntentsOf(changes));
    }

    private static ValueTask ReportAsync(FollowerVisit visit, FailureKind kind, Exception failure, EntityChanges[] changes) =>
        kind is FailureKind.Availability or FailureKind.UnknownOutcome
            ? visit.Breaker.FailedAsync(failure, visit.Since, changes)
            : visit.AnsweredAsync();

    private static int IntentsOf(EntityChanges[] changes) => changes.Sum(change => change.Intents.Count);

    private FollowerVisit? Skip(StageSnapshot stage, EntityChanges[] changes, string reason, Exception? why)
    {
        if (IsStrict)
        {
            throw new FollowerWriteException(
                stage.Follower,
                FailureKind.Availability,
                new DatabaseUnavailableException(stage.Follower, $"The follower ({stage.Follower.ToWireName()}, {context.Database(stage.Follower).DisplayName}) {reason}", why));
        }

        PoolLog.FollowerSkipped(context.Logger, context.Name, stage.Follower.ToWireName(), IntentsOf(changes), reason);
        return null;
    }
}
