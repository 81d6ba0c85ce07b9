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
    private readonly AuthorityWriter _authority;
    private readonly FollowerWriter _follower;
    private readonly PoolHealth _health;

    internal DualWritePool(MigrationContext context, IntentClearer clearer, Action repairSignal)
    {
        Context = context;
        _clearer = clearer;
        _repairSignal = repairSignal;
        _authority = new AuthorityWriter(context, repairSignal);
        _follower = new FollowerWriter(context);
        Lifetime = new WorkInFlight(typeof(Migration).FullName!, () => new MigrationNotRunningException(context.Name));
        Retry = new WriteRetry(context);
        FollowerProbe probe = new(context, _follower);
        foreach (FollowerBreaker breaker in context.Breakers)
        {
            (breaker.Probe, breaker.Closed) = (probe.RunAsync, repairSignal);
        }

        _health = new PoolHealth(context);
    }

    internal MigrationContext Context { get; }

    /// <summary>Whether writes may begin, and how many are in flight.</summary>
    internal WorkInFlight Lifetime { get; }

    internal WriteRetry Retry { get; }

    /// <summary>Refuses new writes and waits for those in flight, for as long as one of them may wait for locks and the follower.</summary>
    internal async Task CloseAsync(bool forGood, CancellationToken cancellationToken)
    {
        TimeSpan bound = Context.Options.LockTimeout + Context.Options.FollowerTimeout;
        int left = await Lifetime.CloseAsync(forGood, bound, Context.Time, cancellationToken).ConfigureAwait(false);
        if (left > 0)
        {
            PoolLog.StoppedInFlight(Context.Logger, Context.Name, left, bound);
        }
    }

    /// <summary>Looks at both sides: does each answer, and can the stage be told. Never throws for what it finds.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Unhealthy: the authority is away or the stage cannot be told. Degraded: the follower is away.</returns>
    public Task<MigrationHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.CheckAsync(cancellationToken);

    /// <summary>A transaction of one write, committed at once; tried again where nothing was committed and it may help.</summary>
    internal async Task<IReadOnlyList<WrittenRow<TEntity>?>> WriteAsync<TEntity, TKey, TMap>(
        EntityBinding<TEntity, TKey, TMap> binding,
        bool isDelete,
        Func<IEntityStore<TEntity, TKey>, SideSession, WriteGuard, CancellationToken, Task<WriteResult<TEntity>>> write,
        CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey> =>
        await RunAloneAsync(
            static (transaction, state, token) => transaction.WriteAsync(state.binding, state.isDelete, state.write, token), (binding, isDelete, write), isSingleWrite: true, cancellationToken).ConfigureAwait(false);

    /// <summary>Runs work as a transaction of its own, committed at once; tried again where nothing was committed and it may help.</summary>
    /// <param name="work">What it does. It may run several times.</param>
    /// <param name="state">What it is given.</param>
    /// <param name="isSingleWrite">Whether it is one write of one entity.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal ValueTask<TResult> RunAloneAsync<TState, TResult>(
        Func<DualWriteTransaction, TState, CancellationToken, Task<TResult>> work, TState state, bool isSingleWrite, CancellationToken cancellationToken) =>
        Retry.RunAsync(
            static (all, token) => new ValueTask<TResult>(all.Pool.RunOnceAsync(all.work, all.state, all.isSingleWrite, token)), (Pool: this, work, state, isSingleWrite), cancellationToken);

    /// <summary>Opens the authority and begins; the fence is the transaction's first statement.</summary>
    internal Task<SideSession> OpenAuthorityAsync(StageSnapshot stage, IsolationLevel isolation, CancellationToken cancellationToken) =>
        _authority.OpenAsync(stage, isolation, cancellationToken);

    /// <summary>Steps 2 to 5: follower's images, commit of the authority, commit of the follower, clearing.</summary>
    /// <param name="authority">The authority's session.</param>
    /// <param name="stage">The stage it was begun under.</param>
    /// <param name="isolation">How it was begun.</param>
    /// <param name="changes">What was written.</param>
    /// <param name="committed">Called once the authority has committed: what fails after it does not undo the write.</param>
    /// <param name="cancellationToken">Cancels, until the authority's commit is sent.</param>
    internal async Task CommitAsync(
        SideSession authority, StageSnapshot stage, IsolationLevel isolation, IReadOnlyCollection<EntityChanges> changes, Action committed, CancellationToken cancellationToken)
    {
        EntityChanges[] touched = [.. changes.Where(change => change.Intents.Count > 0).OrderBy(change => change.Binding.Rank)];
        FollowerVisit? visit = null;
        try
        {
            if (touched.Length > 0)
            {
                await AuthorityWriter.FinalizeAsync(authority, stage, touched, cancellationToken).ConfigureAwait(false);
            }

            await Context.Probes.ReachAsync(ProbePoint.WriteAuthorityWritten, cancellationToken).ConfigureAwait(false);
            if (touched.Length > 0)
            {
                visit = await _follower.ApplyAsync(stage, touched, cancellationToken).ConfigureAwait(false);
                await Context.Probes.ReachAsync(ProbePoint.WriteFollowerApplied, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            await _authority.FenceLateAsync(authority, stage, isolation, cancellationToken).ConfigureAwait(false);
            await _authority.CommitAsync(authority, stage).ConfigureAwait(false);
            committed();
            Context.Metrics.Write();
            MigrationTracing.Note("authority.committed");

            // From here on the write has succeeded, whatever happens to the follower.
            await Context.Probes.ReachAsync(ProbePoint.WriteAuthorityCommitted, CancellationToken.None).ConfigureAwait(false);
            if (touched.Length == 0)
            {
                return;
            }

            FollowerVisit? applied = visit;
            visit = null;
            if (applied is not null && Context.Options.Acknowledge == Acknowledge.AfterAuthority)
            {
                // Bounded in number by the places at the follower, in time by its time-out; a close waits for it.
                Lifetime.Continue();
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(() => CompleteLaterAsync(applied, stage, touched), CancellationToken.None);
                }

                return;
            }

            await CompleteAsync(applied, stage, touched).ConfigureAwait(false);
        }
        finally
        {
            if (visit is not null)
            {
                await visit.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<TResult> RunOnceAsync<TState, TResult>(
        Func<DualWriteTransaction, TState, CancellationToken, Task<TResult>> work, TState state, bool isSingleWrite, CancellationToken cancellationToken)
    {
        while (true)
        {
            DualWriteTransaction transaction = await DualWriteTransaction.BeginAsync(this, IsolationLevel.ReadCommitted, cancellationToken, isSingleWrite).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                try
                {
                    TResult result = await work(transaction, state, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return result;
                }
                catch (StageMovedException)
                {
                    // The first switch came between; once it is past, the fence sees to it. No failure, so no retry is spent on it.
                }
            }
        }
    }

    /// <summary>Steps 4 and 5.</summary>
    private async Task CompleteAsync(FollowerVisit? visit, StageSnapshot stage, EntityChanges[] changes)
    {
        if (visit is not null)
        {
            await using (visit.ConfigureAwait(false))
            {
                await Context.Probes.ReachAsync(ProbePoint.WriteFollowerCommitting, CancellationToken.None).ConfigureAwait(false);
                if (await _follower.TryCommitAsync(visit, stage, changes).ConfigureAwait(false))
                {
                    MigrationTracing.Note("follower.committed");
                    await Context.Probes.ReachAsync(ProbePoint.WriteFollowerCommitted, CancellationToken.None).ConfigureAwait(false);
                    _clearer.Enqueue(stage.Authority, changes.SelectMany(change => change.Intents));
                    return;
                }
            }
        }

        MigrationTracing.Note("follower.failed");
        Context.Metrics.FollowerFailure();

        // While the follower counts as away, its breaker signals when it is back.
        if (Context.Breakers[(int)stage.Follower].IsClosed)
        {
            _repairSignal();
        }
    }

    /// <summary>Steps 4 and 5 of a write that was acknowledged already.</summary>
    private async Task CompleteLaterAsync(FollowerVisit visit, StageSnapshot stage, EntityChanges[] changes)
    {
        try
        {
            await CompleteAsync(visit, stage, changes).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Nobody waits for it any more, and the intents stand for what was not done.
            PoolLog.CompletionFailed(Context.Logger, exception, Context.Name, stage.Follower.ToWireName());
            _repairSignal();
        }
        finally
        {
            Lifetime.Exit();
        }
    }
}
