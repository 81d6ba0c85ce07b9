using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Pool;

/// <summary>The follower's part of a write: steps 2 and 4 (DESIGN §3.3), bounded in time.</summary>
internal sealed class FollowerWriter(MigrationContext context)
{
    /// <summary>Step 2. Null: the follower did not take the images, and the intents stand for them.</summary>
    public async Task<SideSession?> ApplyAsync(StageSnapshot stage, EntityChanges[] changes, CancellationToken cancellationToken)
    {
        SideDatabase database = context.Database(stage.Follower);
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(context.Options.FollowerTimeout);
        SideSession? session = null;
        try
        {
            session = await database.OpenAsync(SessionUse.Write, bounded.Token).ConfigureAwait(false);
            await session.BeginAsync(
                new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.FollowerTimeout, IdleTimeout = context.Options.LockTimeout + TimeSpan.FromSeconds(30) },
                bounded.Token).ConfigureAwait(false);
            await session.LockKeysAsync(
                KeyStripe.Sorted(changes.SelectMany(change => change.KeyTexts.Select(key => (change.Binding.Name, key)))), bounded.Token).ConfigureAwait(false);
            foreach (EntityChanges change in changes.Reverse())
            {
                await change.ApplyDeletesAsync(session, bounded.Token).ConfigureAwait(false);
            }

            foreach (EntityChanges change in changes)
            {
                await change.ApplyUpsertsAsync(session, bounded.Token).ConfigureAwait(false);
            }

            if (context.Options.FollowerFailure == FollowerFailure.FailWrite)
            {
                await session.CheckDeferredConstraintsAsync(bounded.Token).ConfigureAwait(false);
            }

            MigrationTracing.Note("follower.applied");
            SideSession applied = session;
            session = null;
            return applied;
        }
        catch (Exception exception) when (FollowerFailureOf(database, exception, cancellationToken) is { } kind)
        {
            if (context.Options.FollowerFailure == FollowerFailure.FailWrite)
            {
                throw new FollowerWriteException(stage.Follower, kind, exception);
            }

            PoolLog.FollowerFailed(context.Logger, exception, context.Name, stage.Follower.ToWireName(), kind.ToString(), changes.Sum(change => change.Intents.Count));
            return null;
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Step 4. False: the intents stay.</summary>
    public async Task<bool> TryCommitAsync(SideSession follower, StageSnapshot stage, EntityChanges[] changes)
    {
        using CancellationTokenSource bounded = new(context.Options.FollowerTimeout);
        try
        {
            await follower.CommitAsync(bounded.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            FailureKind kind = follower.Database.ClassifyCommit(exception);
            PoolLog.FollowerFailed(context.Logger, exception, context.Name, stage.Follower.ToWireName(), kind.ToString(), changes.Sum(change => change.Intents.Count));
            return false;
        }
    }

    private static FailureKind? FollowerFailureOf(SideDatabase database, Exception exception, CancellationToken callerToken) =>
        exception is OperationCanceledException && !callerToken.IsCancellationRequested
            ? FailureKind.Availability
            : database.Classify(exception);
}
