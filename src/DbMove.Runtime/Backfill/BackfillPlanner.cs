using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Backfill;

/// <summary>Plans the ranges of an entity once per unbroken run of dual writing, whichever process comes first.</summary>
internal sealed class BackfillPlanner(MigrationContext context, ProgressStore store)
{
    /// <summary>The entity's ranges of this run, planned now if they are not yet.</summary>
    /// <exception cref="StageTransitionException">A later run has planned already: this process believes in a stage that is over.</exception>
    public async Task<IReadOnlyList<BackfillRange>> EnsureAsync(EntityBackfill entity, StageSnapshot stage, CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<BackfillRange> ranges = await ReadAsync(entity, stage, cancellationToken).ConfigureAwait(false);
            if (ranges.Count > 0)
            {
                return ranges;
            }

            (List<(string?, string?)> plan, long estimate) = await PlanAsync(entity, cancellationToken).ConfigureAwait(false);
            try
            {
                await WriteAsync(entity, stage, plan, estimate, cancellationToken).ConfigureAwait(false);
                BackfillLog.Planned(context.Logger, context.Name, entity.Binding.Name, plan.Count, estimate);
            }
            catch (Exception exception) when (context.Database(Side.Target).Classify(exception) == FailureKind.UniqueClash)
            {
                // Another process planned at the same time; its ranges are as good.
            }
        }
    }

    /// <summary>The ranges of this run; empty when it has not planned the entity.</summary>
    public async Task<IReadOnlyList<BackfillRange>> ReadAsync(EntityBackfill entity, StageSnapshot stage, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(Side.Target).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            List<BackfillRange> ranges = await store.ReadAsync(session, entity.Binding.Name, cancellationToken).ConfigureAwait(false);
            return ranges.Exists(range => range.DualSince > stage.DualSince)
                ? throw new StageTransitionException(stage.Stage, stage.Stage, "A later run of the backfill has begun; this one believes in a stage that is over.")
                : [.. ranges.Where(range => range.DualSince == stage.DualSince)];
        }
    }

    private async Task<(List<(string?, string?)> Ranges, long Estimate)> PlanAsync(EntityBackfill entity, CancellationToken cancellationToken)
    {
        BackfillOptions options = context.Options.Backfill;
        SideSession session = await context.Database(Side.Source).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            long estimate = Math.Max(1, await entity.EstimateAsync(session, cancellationToken).ConfigureAwait(false));

            // Several ranges a worker, so that one that lags does not keep the others waiting at the end.
            int parts = (int)Math.Clamp(estimate / options.InitialChunk, 1, options.Workers * 4);
            return (await entity.PlanAsync(session, parts, estimate, cancellationToken).ConfigureAwait(false), estimate);
        }
    }

    private async Task WriteAsync(EntityBackfill entity, StageSnapshot stage, List<(string?, string?)> plan, long estimate, CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(Side.Target).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
            await store.ReplaceAsync(session, entity.Binding.Name, stage.DualSince, plan, estimate, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
