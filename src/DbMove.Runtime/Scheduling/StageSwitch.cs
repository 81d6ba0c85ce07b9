using DbMove.Control;
using DbMove.Dialects;
using DbMove.Telemetry;
using Microsoft.Extensions.Logging;

namespace DbMove.Scheduling;

/// <summary>A change of stage: which step, through the gate, and by which of the three ways (DESIGN §3.8).</summary>
internal sealed partial class StageSwitch
{
    private const int TransientRetries = 3;
    private const long FirstEpoch = 1;
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

        await _context.Probes.ReachAsync(ProbePoint.SwitchGated, cancellationToken).ConfigureAwait(false);
        (long epoch, TimeSpan pause) = await RunStepAsync(stage, gate, options, cancellationToken).ConfigureAwait(false);

        // It has happened, whoever still waits for the answer: from here on the caller's token counts no more.
        SchedulingLog.Switched(_context.Logger, _context.Name, stage.Stage.ToWireName(), to.ToWireName(), epoch, pause.TotalMilliseconds);
        _context.Metrics.SwitchPause(pause);
        await SeeAsync().ConfigureAwait(false);
        return new(stage.Stage, to, epoch, Changed: true, pause, gate);
    }

    /// <summary>This process learns what it has just done; where it cannot, the next poll does.</summary>
    private async Task SeeAsync()
    {
        try
        {
            await _context.Stage.RefreshAsync(bothSides: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StageUnknownException exception)
        {
            SchedulingLog.PollFailed(_context.Logger, LogLevel.Warning, exception, _context.Name);
        }
    }

    private async Task<StageSnapshot> ReadStageAsync(Stage to, CancellationToken cancellationToken)
    {
        try
        {
            await _recovery.ResolveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StageUnknownException || _context.FailureOf(exception) is not null)
        {
            StageSnapshot known = await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
            if (LeavesDual(known.Stage, to))
            {
                // The way out of dual writing is open although the follower is away: the authority's row decides alone.
                return known;
            }

            // The stage is known, so the authority answered.
            Side away = known.Authority.Other();
            throw new DatabaseUnavailableException(
                away, $"A switch to {to.ToWireName()} needs both sides of migration '{_context.Name}', and the {away.ToWireName()} ({_context.Database(away).DisplayName}) is out of reach: {exception.Message} The stage is still {known.Stage.ToWireName()}; switch again when it is back.", exception);
        }

        return await _context.Stage.RefreshAsync(bothSides: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(long Epoch, TimeSpan Pause)> RunStepAsync(StageSnapshot stage, GateReport gate, SwitchOptions options, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (stage.Stage == Stage.Initial)
                {
                    return (await EnterAsync(gate, options, cancellationToken).ConfigureAwait(false), TimeSpan.Zero);
                }

                return StageTransitions.MovesAuthority(gate.From, gate.To)
                    ? await _authoritySwitch.RunAsync(stage, gate, options, _audit, cancellationToken).ConfigureAwait(false)
                    : await StayAsync(stage, gate, options, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (_context.FailureOf(exception) is { } kind)
            {
                // Also before another try: what this one has prepared is undone, or it has passed its commit point and is over.
                if (await ReachedAsync(gate.To).ConfigureAwait(false) is { } reached)
                {
                    // The answer of a commit was lost, but the switch has passed its commit point.
                    return (reached.Epoch, TimeSpan.Zero);
                }

                if (kind == FailureKind.Transient && attempt < TransientRetries)
                {
                    continue;
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

    /// <summary>
    /// Finishes or undoes what a failed attempt left; the stage, if it is the one asked for. Also for a caller who has left:
    /// the commit may have happened, and then log and metrics have to say so.
    /// </summary>
    private async Task<StageSnapshot?> ReachedAsync(Stage to)
    {
        try
        {
            StageSnapshot now = await ReadStageAsync(to, CancellationToken.None).ConfigureAwait(false);
            return now.Stage == to ? now : null;
        }
        catch (Exception exception) when (exception is StageUnknownException or DatabaseUnavailableException)
        {
            return null;
        }
    }

    /// <summary>What a switch ends with that finds another row than the one its gate was checked for.</summary>
    internal static EpochMovedException Overtaken(ControlRow? now, GateReport gate) => new(
        now?.Stage ?? gate.From, gate.To, now?.Epoch ?? 0, "Another switch was faster; nothing was changed by this one. Look at the status and decide again.");

    private static bool LeavesDual(Stage from, Stage to) => from.IsDual() && !to.IsDual();
}
