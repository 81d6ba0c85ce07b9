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

    /// <summary>The authority stays: its exclusive fence, its row only.</summary>
    private async Task<(long Epoch, TimeSpan Pause)> StayAsync(StageSnapshot stage, GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        SideSession session = await _context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            long asked = _context.Time.GetTimestamp();
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = _context.Options.PauseBudget }, cancellationToken).ConfigureAwait(false);
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

            GateReport again = await CheckAgainAsync(stage, gate, session, options, cancellationToken).ConfigureAwait(false);
            long epoch = Math.Max(row.Epoch, await ReadOtherEpochAsync(stage, gate.To, cancellationToken).ConfigureAwait(false)) + 1;
            long dualSince = gate.To == Stage.SourceFirst ? epoch : gate.To == Stage.SourceOnly ? 0 : row.DualSince;
            await control.WriteAsync(session, row with { Epoch = epoch, Stage = gate.To, DualSince = dualSince }, options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
            await _audit.AddAsync(session, again, epoch, options, cancellationToken).ConfigureAwait(false);

            await _context.Probes.ReachAsync(ProbePoint.SwitchWritten, cancellationToken).ConfigureAwait(false);

            // A commit that was begun is waited for: half-way, nobody could tell whether it happened.
            await session.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            TimeSpan pause = _context.Time.GetElapsedTime(asked);
            await _context.Probes.ReachAsync(ProbePoint.SwitchCommitted, CancellationToken.None).ConfigureAwait(false);
            return (epoch, pause);
        }
    }

    /// <summary>The caller's last condition, behind the authority's fence and within the pause budget.</summary>
    private async Task<GateReport> CheckAgainAsync(StageSnapshot stage, GateReport gate, SideSession authority, SwitchOptions options, CancellationToken cancellationToken)
    {
        if (options.LastCondition is null)
        {
            return gate;
        }

        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(_context.Options.PauseBudget);
        try
        {
            if (stage.Authority == Side.Target)
            {
                return await FencedGate.RequireAsync(gate, stage, authority, authority, options, bounded.Token).ConfigureAwait(false);
            }

            // Nobody writes to the target while the source stays the only one: its pool is free.
            SideSession target = await _context.Database(Side.Target).OpenAsync(SessionUse.Read, bounded.Token).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                return await FencedGate.RequireAsync(gate, stage, authority, target, options, bounded.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unanswered(stage, gate.To, Side.Target, exception);
        }
    }

    /// <summary>
    /// The follower's epoch, read under the authority's fence. To leave dual writing the follower may be out of reach: a
    /// prepared row there that has the same number names another stage, so it never counts, and is undone when it is met.
    /// </summary>
    private async Task<long> ReadOtherEpochAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        SideDatabase other = _context.Database(stage.Authority.Other());
        using CancellationTokenSource bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(_context.Options.PauseBudget);
        try
        {
            SideSession session = await other.OpenAsync(SessionUse.Read, bounded.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return (await _context.Control[(int)other.Side].ReadAsync(session, bounded.Token).ConfigureAwait(false))?.Epoch ?? 0;
            }
        }
        catch (Exception exception) when (LeavesDual(stage.Stage, to) && (other.Classify(exception) is not null || (bounded.IsCancellationRequested && !cancellationToken.IsCancellationRequested)))
        {
            return 0;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unanswered(stage, to, other.Side, exception);
        }
    }

    private SwitchAbandonedException Unanswered(StageSnapshot stage, Stage to, Side side, Exception exception) => new(
        stage.Stage, to, $"The switch from {stage.Stage.ToWireName()} to {to.ToWireName()} was abandoned: the {side.ToWireName()} did not answer within the pause budget of {_context.Options.PauseBudget.TotalSeconds:0.###} s. Nothing was changed; try again.", exception);
}
