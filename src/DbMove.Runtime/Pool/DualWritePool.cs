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
    internal Task<SideSession> OpenAuthorityAsync(StageSnapshot stage, IsolationLevel isolation, CancellationToken cancellationToken) =>
        _authority.OpenAsync(stage, isolation, cancellationToken);

    /// <summary>Steps 2 to 5: follower's images, commit of the authority, commit of the follower, clearing.</summary>
    internal async Task CommitAsync(SideSession authority, StageSnapshot stage, IReadOnlyCollection<EntityChanges> changes, CancellationToken cancellationToken)
    {
        EntityChanges[] touched = [.. changes.Where(change => change.Intents.Count > 0).OrderBy(change => change.Binding.Rank)];
        SideSession? follower = null;
        try
        {
            if (touched.Length > 0)
            {
                await AuthorityWriter.FinalizeAsync(authority, stage, touched, cancellationToken).ConfigureAwait(false);
            }

            await Context.Probes.ReachAsync(ProbePoint.WriteAuthorityWritten, cancellationToken).ConfigureAwait(false);
            if (touched.Length > 0)
            {
                follower = await _follower.ApplyAsync(stage, touched, cancellationToken).ConfigureAwait(false);
                await Context.Probes.ReachAsync(ProbePoint.WriteFollowerApplied, cancellationToken).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            await _authority.FenceLateAsync(authority, stage, cancellationToken).ConfigureAwait(false);
            await _authority.CommitAsync(authority, stage).ConfigureAwait(false);
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
}
