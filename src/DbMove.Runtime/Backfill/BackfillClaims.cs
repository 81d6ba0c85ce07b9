using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Backfill;

/// <summary>Takes, prolongs and gives back ranges, each in a transaction that is committed before anything is read for it.</summary>
internal sealed class BackfillClaims(MigrationContext context, ProgressStore store)
{
    private TimeSpan Lease => context.Options.Backfill.ClaimLease;

    /// <summary>Claims a range for a worker. Null: none is free now, or a switch is under way.</summary>
    /// <exception cref="StageTransitionException">The stage is no longer the one that the backfill runs in.</exception>
    public async Task<BackfillClaim?> TakeAsync(string entity, StageSnapshot stage, string? previous, CancellationToken cancellationToken)
    {
        BackfillClaim? claim = await TryTakeAsync(entity, stage, previous, cancellationToken).ConfigureAwait(false);

        // Asked after the target's row was read: a switch that passes later changes that row, and no commit under this
        // claim passes any more.
        StageSnapshot now = await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        RequireStage(context.Name, stage, now);
        if (claim is not null)
        {
            await context.Probes.ReachAsync(ProbePoint.BackfillRangeClaimed, cancellationToken).ConfigureAwait(false);
        }

        return claim;
    }

    public static void RequireStage(string migration, StageSnapshot begun, StageSnapshot now)
    {
        if (now.Stage != Stage.SourceFirst || now.DualSince != begun.DualSince)
        {
            throw new StageTransitionException(
                now.Stage, Stage.SourceFirst, now.Stage == Stage.SourceFirst
                    ? $"Migration '{migration}' has left dual writing and entered it again since this backfill began. Start the backfill anew: Backfill.StartAsync(), or POST backfill/start."
                    : $"The backfill of migration '{migration}' copies in stage {Stage.SourceFirst.ToWireName()} only, and it is in {now.Stage.ToWireName()}. {(now.Stage < Stage.SourceFirst ? $"Switch to {Stage.SourceFirst.ToWireName()} first, then start the backfill." : "The rows that were there before are copied by then; a full validation finds and repairs what is missing.")}");
        }
    }

    /// <summary>Prolongs a claim. False: it is lost.</summary>
    public async Task<bool> RenewAsync(string entity, BackfillClaim claim, CancellationToken cancellationToken)
    {
        SideSession session = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            bool held = await store.RenewAsync(session, entity, claim, Lease, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return held;
        }
    }

    /// <summary>Gives a range back, so that nobody waits for the lease. What cannot be given back runs out.</summary>
    public async Task ReleaseAsync(string entity, BackfillClaim claim)
    {
        using CancellationTokenSource bounded = new(context.Options.FollowerTimeout);
        try
        {
            SideSession session = await BeginAsync(bounded.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await store.ReleaseAsync(session, entity, claim, bounded.Token).ConfigureAwait(false);
                await session.CommitAsync(bounded.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || context.IsPassing(exception))
        {
            BackfillLog.Waiting(context.Logger, exception, context.Name, entity, Lease);
        }
    }

    private async Task<BackfillClaim?> TryTakeAsync(string entity, StageSnapshot stage, string? previous, CancellationToken cancellationToken)
    {
        SideSession session = await BeginAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            ControlRow? target = await context.Control[(int)Side.Target].ReadAsync(session, cancellationToken).ConfigureAwait(false);
            if (target is { IsPrepared: true })
            {
                // The commit point of a switch may pass without another change of this row, so nothing can be bound to it.
                return null;
            }

            string token = Guid.CreateVersion7().ToString("N");
            BackfillRange? range = await store.ClaimAsync(session, entity, stage.DualSince, previous, token, Lease, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return range is null ? null : new BackfillClaim(range, token, target);
        }
    }

    private async Task<SideSession> BeginAsync(CancellationToken cancellationToken)
    {
        SideSession session = await context.Database(Side.Target).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Shared, LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
        return session;
    }
}
