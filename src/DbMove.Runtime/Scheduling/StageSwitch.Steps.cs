using DbMove.Control;
using DbMove.Dialects;
using DbMove.Telemetry;

namespace DbMove.Scheduling;

/// <content>The two ways that need one side's row only: into the migration, and a step by which the authority stays.</content>
internal sealed partial class StageSwitch
{
    /// <summary>The first step: the control tables on both sides, the follower's row, and last the row that decides.</summary>
    private async Task<long> EnterAsync(GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        foreach (Side side in (Side[])[Side.Target, Side.Source])
        {
            SideSession session = await _context.Database(side).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                ControlStore control = _context.Control[(int)side];
                await control.Tables.EnsureAsync(session, cancellationToken).ConfigureAwait(false);
                await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = _context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                await session.FlushAsync(cancellationToken).ConfigureAwait(false);
                await _context.Probes.ReachAsync(ProbePoint.SwitchFenced, cancellationToken).ConfigureAwait(false);
                ControlRow? row = await control.ReadAsync(session, cancellationToken).ConfigureAwait(false);
                if (row is { Stage: not Stage.Initial })
                {
                    throw Overtaken(row, gate);
                }

                (long epoch, Stage stage) = side == Side.Source ? (FirstEpoch, Stage.SourceOnly) : (0L, Stage.Initial);
                if (side == Side.Source || row is null)
                {
                    // The target's row may be another switch's, which has died or is faster: it says the same.
                    await control.WriteAsync(
                        session, new ControlRow(side, epoch, stage, IsPrepared: false, DualSince: 0, IsIncremental: false, 0, 0), options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
                }

                if (side == Side.Source)
                {
                    await _audit.AddAsync(session, gate, epoch, options, cancellationToken).ConfigureAwait(false);
                }

                await _context.Probes.ReachAsync(ProbePoint.SwitchWritten, cancellationToken).ConfigureAwait(false);
                await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                if (side == Side.Target)
                {
                    await _context.Probes.ReachAsync(ProbePoint.SwitchPrepared, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await _context.Probes.ReachAsync(ProbePoint.SwitchCommitted, CancellationToken.None).ConfigureAwait(false);
        return FirstEpoch;
    }

    /// <summary>
    /// The authority stays: its exclusive fence, its row only. A step into dual writing also waits at the other side's fence
    /// for whoever still has images of an earlier dual stage to commit there; a step out of it does not need that side.
    /// </summary>
    private async Task<(long Epoch, TimeSpan Pause)> StayAsync(StageSnapshot stage, GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        SideSession session = await _context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            PauseBudget budget = new(_context, gate);
            using Deadline deadline = new(_context.Options.PauseBudget, _context.Time, cancellationToken);
            long epoch;
            try
            {
                epoch = await WriteStepAsync(session, stage, gate, options, budget, deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (deadline.Explains(exception))
            {
                throw budget.Spent("while a side did not answer");
            }

            // A commit that was begun is waited for: half-way, nobody could tell whether it happened.
            await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            TimeSpan pause = budget.Elapsed;
            await _context.Probes.ReachAsync(ProbePoint.SwitchCommitted, CancellationToken.None).ConfigureAwait(false);
            return (epoch, pause);
        }
    }

    /// <summary>Everything up to the commit, within the pause budget. Returns the new epoch.</summary>
    private async Task<long> WriteStepAsync(
        SideSession session, StageSnapshot stage, GateReport gate, SwitchOptions options, PauseBudget budget, CancellationToken cancellationToken)
    {
        await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = budget.Remaining }, cancellationToken).ConfigureAwait(false);
        ControlStore control = _context.Control[(int)stage.Authority];
        ControlRow? row = await control.ReadAsync(session, cancellationToken).ConfigureAwait(false);
        await _context.Probes.ReachAsync(ProbePoint.SwitchFenced, cancellationToken).ConfigureAwait(false);
        if (row is null || !stage.Matches(row))
        {
            throw Overtaken(row, gate);
        }

        if (gate.To == Stage.SourceFirst)
        {
            // A process that still believes in Initial writes without a fence: what it has begun ends first.
            await session.WaitForWritersAsync([.. _context.Entities.Select(entity => entity.Descriptor.Source)], cancellationToken).ConfigureAwait(false);
        }

        // A driver waits for the answer to its cancellation too, which a frozen server does not give: not behind the fence.
        long other = gate.To.IsDual()
            ? await FenceOtherAsync(stage, budget, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false)
            : await ReadOtherEpochAsync(stage, budget, cancellationToken).ConfigureAwait(false);
        GateReport again = await CheckAgainAsync(stage, gate, session, options, cancellationToken).ConfigureAwait(false);
        long epoch = Math.Max(row.Epoch, other) + 1;
        long dualSince = gate.To == Stage.SourceFirst ? epoch : gate.To == Stage.SourceOnly ? 0 : row.DualSince;
        await control.WriteAsync(session, row with { Epoch = epoch, Stage = gate.To, DualSince = dualSince }, options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
        await _audit.AddAsync(session, again, epoch, options, cancellationToken).ConfigureAwait(false);
        await _context.Probes.ReachAsync(ProbePoint.SwitchWritten, cancellationToken).ConfigureAwait(false);
        budget.Check("before the new stage was committed");
        return epoch;
    }

    /// <summary>The caller's last condition, behind the authority's fence.</summary>
    private async Task<GateReport> CheckAgainAsync(StageSnapshot stage, GateReport gate, SideSession authority, SwitchOptions options, CancellationToken cancellationToken)
    {
        if (options.LastCondition is null)
        {
            return gate;
        }

        if (stage.Authority == Side.Target)
        {
            return await FencedGate.RequireAsync(gate, stage, authority, authority, options, cancellationToken).ConfigureAwait(false);
        }

        // Nobody writes to the target while the source stays the only one: its pool is free.
        SideSession target = await _context.Database(Side.Target).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (target.ConfigureAwait(false))
        {
            return await FencedGate.RequireAsync(gate, stage, authority, target, options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The other side's epoch, behind its exclusive fence. A write of an earlier dual stage that sleeps before its follower's
    /// commit holds that fence; what its key became in the single-sided stage since left no intent, so a validation after this
    /// step could find the sides equal and be made wrong by a commit that comes later. Taken for a moment only: a write that
    /// begins on that side after it needs the authority's fence first, which this step holds. (docs/protocol/reentry.pml.)
    /// </summary>
    private async Task<long> FenceOtherAsync(StageSnapshot stage, PauseBudget budget, CancellationToken cancellationToken)
    {
        SideDatabase other = _context.Database(stage.Authority.Other());
        SideSession session = await other.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = budget.Remaining }, cancellationToken).ConfigureAwait(false);
            ControlRow? row = await _context.Control[(int)other.Side].ReadAsync(session, cancellationToken).ConfigureAwait(false);
            await session.RollbackAsync().ConfigureAwait(false);
            return row?.Epoch ?? 0;
        }
    }

    /// <summary>
    /// The follower's epoch, read under the authority's fence. To leave dual writing the follower may be out of reach: a
    /// prepared row there that has the same number names another stage, so it never counts, and is undone when it is met.
    /// It has half of what is left of the pause budget, so that its silence alone does not spend it.
    /// </summary>
    private async Task<long> ReadOtherEpochAsync(StageSnapshot stage, PauseBudget budget, CancellationToken cancellationToken)
    {
        SideDatabase other = _context.Database(stage.Authority.Other());
        using Deadline deadline = new(budget.Remaining / 2, _context.Time, cancellationToken);
        try
        {
            return await ReadEpochAsync(other, deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (stage.Stage.IsDual() && (other.Classify(exception) is not null || deadline.Explains(exception)))
        {
            return 0;
        }
    }

    private async Task<long> ReadEpochAsync(SideDatabase database, CancellationToken cancellationToken)
    {
        SideSession session = await database.OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return (await _context.Control[(int)database.Side].ReadAsync(session, cancellationToken).ConfigureAwait(false))?.Epoch ?? 0;
        }
    }
}
