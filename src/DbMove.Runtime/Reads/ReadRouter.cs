using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.Reads;

/// <summary>
/// Where a read outside a transaction goes: to the authority; in <see cref="Stage.SourceFirst"/>, for the keys of the read
/// ramp, to the target. A read inside a transaction goes to its authority and never comes here.
/// </summary>
internal sealed class ReadRouter(MigrationContext context, ReadSettings settings, TargetReadiness readiness, ShadowReads shadow)
{
    private readonly SideReader _sides = new(context);
    private readonly FreshnessCheck _freshness = new(context.Database(Side.Source).Syntax, context.Names);

    /// <summary>Reads on one side.</summary>
    public SideReader Sides => _sides;

    /// <summary>Runs a query of a caller's own on the authority: which rows it gives no key tells, so neither ramp nor shadow reads apply.</summary>
    public async Task<TResult> QueryAsync<TResult>(Func<SideSession, StageSnapshot, CancellationToken, Task<TResult>> query, CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
        return await _sides.ReadAsync(stage.Authority, (session, token) => query(session, stage, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of distinct keys, in any order.</summary>
    public async Task<List<TEntity>> FindAsync<TEntity, TKey, TMap>(EntityBinding<TEntity, TKey, TMap> binding, TKey[] keys, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        StageSnapshot stage = await context.Stage.GetForReadAsync(cancellationToken).ConfigureAwait(false);
        if (stage.Stage == Stage.SourceFirst && settings.Target is > 0 and int percentage && binding.MayReadTarget && readiness.IsReady(stage))
        {
            RampedRead<TEntity, TKey, TMap> ramped = new(binding, keys, percentage);
            if (!ramped.IsEmpty && readiness.Rest.TryEnter())
            {
                return await FindRampedAsync(stage, ramped, keys, cancellationToken).ConfigureAwait(false);
            }
        }

        List<TEntity> rows = await _sides.FindAsync(stage.Authority, binding, keys, cancellationToken).ConfigureAwait(false);
        shadow.Sample(settings.Shadow, stage, stage.Authority, binding, keys, rows);
        return rows;
    }

    /// <summary>
    /// First the source says of which keys it has nothing newer than the target, then the target is read for those. In this
    /// order: the other way round, the target's row could be taken before a repair, and the intent looked for after it. What
    /// the target does not give, the source does.
    /// </summary>
    private async Task<List<TEntity>> FindRampedAsync<TEntity, TKey, TMap>(
        StageSnapshot stage, RampedRead<TEntity, TKey, TMap> ramped, TKey[] keys, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        EntityBinding<TEntity, TKey, TMap> binding = ramped.Binding;
        Exception? failure = null;
        bool? isGood = null;
        try
        {
            if (await _sides.ReadAsync(Side.Source, (session, token) => TakeFromSourceAsync(session, stage, ramped, token), cancellationToken).ConfigureAwait(false) is not { } rows)
            {
                StageSnapshot now = await RefreshAsync(stage, cancellationToken).ConfigureAwait(false);
                return await _sides.FindAsync(now.Authority, binding, keys, cancellationToken).ConfigureAwait(false);
            }

            List<TEntity> found = [];
            if (!ramped.IsEmpty)
            {
                await context.Probes.ReachAsync(ReadPoint.Checked, cancellationToken).ConfigureAwait(false);
                (List<TEntity>? target, failure) = await _sides.TryFindAsync(Side.Target, binding, ramped.Keys, cancellationToken).ConfigureAwait(false);
                found = target ?? [];
                isGood = failure is null;
                ramped.Remove(found);
                context.Metrics.Ramped(binding.Name, found.Count, missing: isGood == true ? ramped.Keys.Count : 0, failed: isGood == true ? 0 : ramped.Keys.Count);
            }

            TKey[] left = [.. ramped.Keys];
            if (left.Length > 0)
            {
                rows.AddRange(await _sides.FindAsync(Side.Source, binding, left, cancellationToken).ConfigureAwait(false));
            }

            Sample(stage, binding, keys, rows, found);
            return found.Count == 0 ? rows : [.. rows, .. found];
        }
        finally
        {
            if (readiness.Rest.Leave(isGood))
            {
                Log(failure);
            }
        }
    }

    /// <summary>The source's part of a read, on one session: the check, and the keys that are its own. Null: the stage has moved.</summary>
    private async Task<List<TEntity>?> TakeFromSourceAsync<TEntity, TKey, TMap>(
        SideSession source, StageSnapshot stage, RampedRead<TEntity, TKey, TMap> ramped, CancellationToken cancellationToken)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        if (await _freshness.FindPendingAsync(source, stage, ramped.Binding.Name, ramped.Texts, cancellationToken).ConfigureAwait(false) is not { } pending)
        {
            return null;
        }

        ramped.Leave(pending);
        context.Metrics.RampPending(ramped.Binding.Name, pending.Count);
        return ramped.Rest.Count == 0 ? [] : await ramped.Binding[Side.Source].FindAsync(source, ramped.Rest, RowLock.None, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StageSnapshot> RefreshAsync(StageSnapshot known, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        }
        catch (StageUnknownException) when (context.Options.StaleReads == StaleReads.Allow)
        {
            return known;
        }
    }

    private void Sample<TEntity, TKey, TMap>(StageSnapshot stage, EntityBinding<TEntity, TKey, TMap> binding, TKey[] keys, List<TEntity> fromSource, List<TEntity> fromTarget)
        where TEntity : notnull
        where TKey : notnull
        where TMap : IEntityMap<TEntity, TKey>
    {
        if (settings.Shadow is not (> 0 and int percentage))
        {
            return;
        }

        HashSet<string> texts = [.. fromTarget.Select(row => TMap.FormatKey(TMap.GetKey(row)))];
        shadow.Sample(percentage, stage, Side.Source, binding, [.. keys.Where(key => !texts.Contains(TMap.FormatKey(key)))], fromSource);
        shadow.Sample(percentage, stage, Side.Target, binding, [.. keys.Where(key => texts.Contains(TMap.FormatKey(key)))], fromTarget);
    }

    private void Log(Exception? failure)
    {
        if (failure is null)
        {
            ReadLog.TargetAnswers(context.Logger, context.Name);
        }
        else
        {
            ReadLog.TargetFailed(context.Logger, failure, context.Name);
        }
    }
}
