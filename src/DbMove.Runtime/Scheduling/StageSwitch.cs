using DbMove.Control;
using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>A change of stage: which step, through the gate, and by which of the three ways (DESIGN §3.8).</summary>
internal sealed partial class StageSwitch
{
    private const int TransientRetries = 3;
    private static readonly TimeSpan s_gateInterval = TimeSpan.FromMilliseconds(100);

    private readonly MigrationContext _context;
    private readonly PromotionGate _gate;
    private readonly PreparedRecovery _recovery;
    private readonly AuthoritySwitch _authoritySwitch;
    private readonly AuditStore _audit;

    public StageSwitch(MigrationContext context, PromotionGate gate, AuthoritySwitch authoritySwitch)
    {
        _context = context;
        _gate = gate;
        _authoritySwitch = authoritySwitch;
        _recovery = new PreparedRecovery(context);
        _audit = new AuditStore(context.Names);
    }

    private async Task<SwitchResult> SwitchAsync(Stage to, SwitchOptions options, CancellationToken cancellationToken)
    {
        if (options.OverrideGate && string.IsNullOrWhiteSpace(options.Reason))
        {
            throw new ArgumentException("Overriding the gate needs a reason; it is kept in the audit. Set SwitchOptions.Reason.", nameof(options));
        }

        StageSnapshot stage = await ReadStageAsync(to, cancellationToken).ConfigureAwait(false);
        if (options.ExpectedEpoch is { } expected && expected != stage.Epoch)
        {
            throw new EpochMovedException(
                stage.Stage, to, stage.Epoch, $"The switch was asked for at epoch {expected}, and the migration is at epoch {stage.Epoch} ({stage.Stage.ToWireName()}) by now. Look at its status and decide again.");
        }

        if (stage.Stage == to)
        {
            return new(to, to, stage.Epoch, Changed: false, TimeSpan.Zero, new GateReport(to, to, []));
        }

        StageTransitions.Check(stage.Stage, to);
        GateReport gate = await CheckGateAsync(stage, to, options, cancellationToken).ConfigureAwait(false);
        if (options.DryRun)
        {
            return new(stage.Stage, to, stage.Epoch, Changed: false, TimeSpan.Zero, gate);
        }

        if (!gate.IsOpen && !options.OverrideGate)
        {
            throw new GateClosedException(gate);
        }

        if (!gate.IsOpen)
        {
            SchedulingLog.Overridden(_context.Logger, _context.Name, options.ChangedBy, options.Reason);
        }

        await _context.Probes.ReachAsync("switch.gated", cancellationToken).ConfigureAwait(false);
        TimeSpan pause = await RunStepAsync(stage, gate, options, cancellationToken).ConfigureAwait(false);
        StageSnapshot now = await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        SchedulingLog.Switched(_context.Logger, _context.Name, stage.Stage.ToWireName(), to.ToWireName(), now.Epoch, pause.TotalMilliseconds);
        _context.Metrics.SwitchPause(pause);
        return new(stage.Stage, to, now.Epoch, Changed: true, pause, gate);
    }

    private async Task<StageSnapshot> ReadStageAsync(Stage to, CancellationToken cancellationToken)
    {
        try
        {
            await _recovery.ResolveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (_context.FailureOf(exception) is not null)
        {
            StageSnapshot known = await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
            if (LeavesDual(known.Stage, to))
            {
                // The way out of dual writing is open although the follower is away: the authority's row decides alone.
                return known;
            }

            throw new StageUnknownException(
                _context.Name, $"A switch needs both sides of migration '{_context.Name}', and one is out of reach: {exception.Message}", exception);
        }

        return await _context.Stage.RefreshAsync(bothSides: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TimeSpan> RunStepAsync(StageSnapshot stage, GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (stage.Stage == Stage.Initial)
                {
                    await EnterAsync(gate, options, cancellationToken).ConfigureAwait(false);
                    return TimeSpan.Zero;
                }

                return StageTransitions.MovesAuthority(gate.From, gate.To)
                    ? await _authoritySwitch.RunAsync(stage, gate, options, _audit, cancellationToken).ConfigureAwait(false)
                    : await StayAsync(stage, gate, options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (_context.FailureOf(exception) is { } kind)
            {
                if (kind == FailureKind.Transient && attempt < TransientRetries)
                {
                    continue;
                }

                if (await ReachedAsync(gate.To, cancellationToken).ConfigureAwait(false))
                {
                    // The answer of a commit was lost, but the switch has passed its commit point.
                    return TimeSpan.Zero;
                }

                SchedulingLog.Abandoned(_context.Logger, _context.Name, gate.From.ToWireName(), gate.To.ToWireName(), exception.Message);
                throw new SwitchAbandonedException(
                    gate.From, gate.To, $"The switch from {gate.From.ToWireName()} to {gate.To.ToWireName()} was abandoned ({kind}): {exception.Message} The next switch or start finishes or undoes what it left.", exception);
            }
        }
    }

    /// <summary>The gate; closed, it is asked again until it opens or the caller's patience ends.</summary>
    private async Task<GateReport> CheckGateAsync(StageSnapshot stage, Stage to, SwitchOptions options, CancellationToken cancellationToken)
    {
        long asked = _context.Time.GetTimestamp();
        while (true)
        {
            GateReport gate = await _context.TranslateAsync(() => _gate.CheckAsync(stage, to, cancellationToken)).ConfigureAwait(false);
            if (gate.IsOpen || options.DryRun || options.OverrideGate || _context.Time.GetElapsedTime(asked) >= options.WaitForGate)
            {
                return gate;
            }

            await Task.Delay(s_gateInterval, _context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Finishes or undoes what a failed attempt left, and tells whether the stage is the one asked for.</summary>
    private async Task<bool> ReachedAsync(Stage to, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadStageAsync(to, cancellationToken).ConfigureAwait(false)).Stage == to;
        }
        catch (StageUnknownException)
        {
            return false;
        }
    }

    /// <summary>The first step: the control tables on both sides, the follower's row, and last the row that decides.</summary>
    private async Task EnterAsync(GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        foreach (Side side in (Side[])[Side.Target, Side.Source])
        {
            SideSession session = await _context.Database(side).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                ControlStore control = _context.Control[(int)side];
                await control.Tables.EnsureAsync(session, cancellationToken).ConfigureAwait(false);
                await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = _context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                if (await control.ReadAsync(session, cancellationToken).ConfigureAwait(false) is { Stage: not Stage.Initial } row)
                {
                    throw Overtaken(row, gate);
                }

                (long epoch, Stage stage) = side == Side.Source ? (1L, Stage.SourceOnly) : (0L, Stage.Initial);
                await control.WriteAsync(
                    session, new ControlRow(side, epoch, stage, IsPrepared: false, DualSince: 0, IsIncremental: false, 0, 0), options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
                if (side == Side.Source)
                {
                    await _audit.AddAsync(session, gate, epoch, options, cancellationToken).ConfigureAwait(false);
                }

                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The authority stays: its exclusive fence, its row only.</summary>
    private async Task<TimeSpan> StayAsync(StageSnapshot stage, GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        SideSession session = await _context.Database(stage.Authority).OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            long asked = _context.Time.GetTimestamp();
            await session.BeginAsync(new TransactionStart { Fence = FenceMode.Exclusive, LockTimeout = _context.Options.PauseBudget }, cancellationToken).ConfigureAwait(false);
            ControlStore control = _context.Control[(int)stage.Authority];
            ControlRow? row = await control.ReadAsync(session, cancellationToken).ConfigureAwait(false);
            if (row is null || !stage.Matches(row))
            {
                throw Overtaken(row, gate);
            }

            if (gate.To == Stage.SourceFirst)
            {
                // A process that still believes in Initial writes without a fence: what it has begun ends first.
                await session.WaitForWritersAsync([.. _context.Entities.Select(entity => entity.Descriptor.Source)], cancellationToken).ConfigureAwait(false);
            }

            long epoch = Math.Max(row.Epoch, await ReadOtherEpochAsync(stage, gate.To, cancellationToken).ConfigureAwait(false)) + 1;
            long dualSince = gate.To == Stage.SourceFirst ? epoch : gate.To == Stage.SourceOnly ? 0 : row.DualSince;
            await control.WriteAsync(session, row with { Epoch = epoch, Stage = gate.To, DualSince = dualSince }, options.ChangedBy, options.Reason, cancellationToken).ConfigureAwait(false);
            await _audit.AddAsync(session, gate, epoch, options, cancellationToken).ConfigureAwait(false);
            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return _context.Time.GetElapsedTime(asked);
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
            throw new SwitchAbandonedException(
                stage.Stage, to, $"The switch from {stage.Stage.ToWireName()} to {to.ToWireName()} was abandoned: the {other.Side.ToWireName()} did not answer within the pause budget of {_context.Options.PauseBudget.TotalSeconds:0.###} s. Nothing was changed; try again.", exception);
        }
    }

    /// <summary>What a switch ends with that finds another row than the one its gate was checked for.</summary>
    internal static EpochMovedException Overtaken(ControlRow? now, GateReport gate) => new(
        now?.Stage ?? gate.From, gate.To, now?.Epoch ?? 0, "Another switch was faster; nothing was changed by this one. Look at the status and decide again.");

    private static bool LeavesDual(Stage from, Stage to) => from.IsDual() && !to.IsDual();
}
