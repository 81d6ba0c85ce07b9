using System.Data;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Pool;

/// <summary>
/// The four patterns (source only, source first, target first, target only) and the order of the two commits. Every write
/// of a repository, single or in a transaction, goes through it.
/// </summary>
public sealed class DualWritePool
{
    private readonly IntentClearer _clearer;
    private readonly Action _repairSignal;
    private readonly FollowerWriter _follower;
    private readonly PoolHealth _health;

    internal DualWritePool(MigrationContext context, IntentClearer clearer, Action repairSignal)
    {
        Context = context;
        _clearer = clearer;
        _repairSignal = repairSignal;
        _follower = new FollowerWriter(context);
        _health = new PoolHealth(context);
    }

    internal MigrationContext Context { get; }

    /// <summary>Looks at both sides: does each answer, and can the stage be told. Never throws for what it finds.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Unhealthy: the authority is away or the stage cannot be told. Degraded: the follower is away.</returns>
    public Task<MigrationHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.CheckAsync(cancellationToken);

    /// <summary>A transaction of one write, committed at once.</summary>
    internal async Task<IReadOnlyList<WrittenRow<TEntity>?>> WriteAsync<TEntity, TKey, TMap>(
        EntityBinding<TEntity, TKey, TMap> binding,
        bool isDelete,
        Func<IEntityStore<TEntity, TKey>, SideSession, WriteGuard, CancellationToken, Task<WriteResult<TEntity>>> write,
        CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        while (true)
        {
            DualWriteTransaction transaction = await DualWriteTransaction.BeginAsync(this, IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                try
                {
                    IReadOnlyList<WrittenRow<TEntity>?> rows = await transaction.WriteAsync(binding, isDelete, write, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return rows;
                }
                catch (StageMovedException)
                {
                    // The first switch came between; once it is past, the fence sees to it.
                }
            }
        }
    }

    /// <summary>Opens the authority and begins; the fence is the transaction's first statement.</summary>
    internal async Task<SideSession> OpenAuthorityAsync(StageSnapshot stage, IsolationLevel isolation, CancellationToken cancellationToken)
    {
        SideDatabase database = Context.Database(stage.Authority);
        SideSession? session = null;
        try
        {
            session = await database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await session.BeginAsync(
                new TransactionStart
                {
                    Fence = stage.Stage.IsFenced() ? FenceMode.Shared : FenceMode.None,
                    Isolation = isolation,
                    LockTimeout = Context.Options.LockTimeout,
                    IdleTimeout = Context.Options.LockTimeout + Context.Options.FollowerTimeout + TimeSpan.FromSeconds(30),
                },
                cancellationToken).ConfigureAwait(false);
            SideSession begun = session;
            session = null;
            return begun;
        }
        catch (Exception exception) when (database.Classify(exception) is { } kind)
        {
            throw kind == FailureKind.Availability
                ? new DatabaseUnavailableException(
                    stage.Authority, $"The {stage.Authority.ToWireName()} ({database.DisplayName}), which is the authority, cannot be written: {exception.Message}", exception)
                : new WriteFailedException(stage.Authority, string.Empty, kind, exception);
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Steps 2 to 5: follower's images, commit of the authority, commit of the follower, clearing.</summary>
    internal async Task CommitAsync(SideSession authority, StageSnapshot stage, IReadOnlyCollection<EntityChanges> changes, CancellationToken cancellationToken)
    {
        EntityChanges[] touched = [.. changes.Where(change => change.Intents.Count > 0).OrderBy(change => change.Binding.Rank)];
        SideSession? follower = null;
        try
        {
            if (touched.Length > 0)
            {
                await FinalizeAsync(authority, stage, touched, cancellationToken).ConfigureAwait(false);
            }

            await Context.Probes.ReachAsync(ProbePoint.WriteAuthorityWritten, cancellationToken).ConfigureAwait(false);
            if (touched.Length > 0)
            {
                follower = await _follower.ApplyAsync(stage, touched, cancellationToken).ConfigureAwait(false);
                await Context.Probes.ReachAsync(ProbePoint.WriteFollowerApplied, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            await FenceLateAsync(authority, stage, cancellationToken).ConfigureAwait(false);
            await CommitAuthorityAsync(authority, stage).ConfigureAwait(false);
            Context.Metrics.Write();
            MigrationTracing.Note("authority.committed");

            // From here on the write has succeeded, whatever happens to the follower.
            await Context.Probes.ReachAsync(ProbePoint.WriteAuthorityCommitted, CancellationToken.None).ConfigureAwait(false);
            if (touched.Length == 0)
            {
                return;
            }

            if (follower is not null && await _follower.TryCommitAsync(follower, stage, touched).ConfigureAwait(false))
            {
                MigrationTracing.Note("follower.committed");
                await Context.Probes.ReachAsync(ProbePoint.WriteFollowerCommitted, CancellationToken.None).ConfigureAwait(false);
                _clearer.Enqueue(stage.Authority, touched.SelectMany(change => change.Intents));
            }
            else
            {
                MigrationTracing.Note("follower.failed");
                Context.Metrics.FollowerFailure();
                _repairSignal();
            }
        }
        finally
        {
            if (follower is not null)
            {
                await follower.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Before the first switch there is no fence, only a stage that was read less than a poll interval ago, and the gate
    /// keeps the next stage for two. A transaction that lasted longer takes the fence now, before its commit, and commits
    /// only if the source still is all that is written.
    /// </summary>
    private async Task FenceLateAsync(SideSession authority, StageSnapshot stage, CancellationToken cancellationToken)
    {
        if (stage.Stage != Stage.Initial)
        {
            return;
        }

        StageSnapshot now = await Context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
        if (now.IsSameAssignment(stage))
        {
            return;
        }

        try
        {
            await authority.TakeFenceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (authority.Database.Classify(exception) is { } kind)
        {
            throw new WriteFailedException(stage.Authority, string.Empty, kind, exception);
        }

        // Read with another session: this one may have a snapshot from before. The fence keeps what is read as it is.
        now = await Context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        if (now.Stage != Stage.SourceOnly)
        {
            throw new StageMovedException(stage.Stage, now.Stage);
        }
    }

    private static async Task FinalizeAsync(SideSession authority, StageSnapshot stage, EntityChanges[] changes, CancellationToken cancellationToken)
    {
        try
        {
            foreach (EntityChanges change in changes)
            {
                await change.FinalizeAsync(authority, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (authority.Database.Classify(exception) is { } kind)
        {
            throw new WriteFailedException(stage.Authority, string.Empty, kind, exception);
        }
    }

    /// <summary>Step 3. The caller's token is not asked any more.</summary>
    private async Task CommitAuthorityAsync(SideSession authority, StageSnapshot stage)
    {
        try
        {
            await authority.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            FailureKind kind = authority.Database.ClassifyCommit(exception);
            if (kind != FailureKind.UnknownOutcome)
            {
                throw new WriteFailedException(stage.Authority, string.Empty, kind, exception);
            }

            Context.Metrics.UnknownOutcome();
            PoolLog.OutcomeUnknown(Context.Logger, exception, Context.Name, stage.Authority.ToWireName());
            _repairSignal();
            throw new CommitOutcomeUnknownException(stage.Authority, exception);
        }
    }
}
