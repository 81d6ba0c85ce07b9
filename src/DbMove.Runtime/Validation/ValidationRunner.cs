using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;
using DbMove.Validation;
using Microsoft.Extensions.Logging;

namespace DbMove;

/// <summary>
/// Compares both sides in the dual stages: completely, in one merged pass that finds all three kinds of inconsistency; and
/// incrementally, key by key after the writes. What it confirms goes to the event channel, where the fixer takes it.
/// </summary>
public sealed class ValidationRunner : IAsyncDisposable
{
    private readonly MigrationContext _context;
    private readonly PassStore _passes;
    private readonly PassLauncher _launcher;
    private readonly CheckStore[] _checks;
    private readonly SuspectResolver _resolver;
    private readonly PendingVerification _pending;
    private readonly IncrementalMode _incremental;
    private readonly PauseGate _gate = new();
    private readonly SemaphoreSlim _starting = new(1);
    private readonly SemaphoreSlim _verifying = new(1);
    private CancellationTokenSource? _stop;
    private volatile FullPass? _pass;
    private volatile Task<ValidationReport>? _running;

    internal ValidationRunner(MigrationContext context, IEventChannel channel)
    {
        _context = context;
        _passes = new PassStore(context.Database(Side.Target).Syntax, context.Names);
        _launcher = new PassLauncher(context, _passes);
        _checks = [new(context.Database(Side.Source).Syntax, context.Names), new(context.Database(Side.Target).Syntax, context.Names)];
        _resolver = new SuspectResolver(context, new InconsistencyPublisher(context, channel));
        _incremental = new IncrementalMode(context);
        _pending = new PendingVerification(context, _resolver, _checks);
    }

    /// <summary>Where this process's full pass is. Never waits.</summary>
    public ValidationProgress Progress => new(_running is { IsCompleted: false }, _gate.IsClosed, _pass?.Entities ?? []);

    /// <summary>Starts a full pass and returns as soon as it runs. While one runs in this process already, nothing happens.</summary>
    /// <param name="cancellationToken">Cancels the start, not the pass.</param>
    /// <exception cref="StageTransitionException">The stage is not a dual one, so there is nothing to compare.</exception>
    /// <exception cref="DatabaseUnavailableException">A side is out of reach.</exception>
    public async Task StartFullAsync(CancellationToken cancellationToken = default)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_running is { IsCompleted: false })
            {
                return;
            }

            StageSnapshot stage = await RequireDualAsync(cancellationToken).ConfigureAwait(false);
            PassStart start = await _context.TranslateAsync(() => _launcher.BeginAsync(stage, cancellationToken)).ConfigureAwait(false);
            _gate.Open();
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            FullPass pass = _pass = new FullPass(_context, _resolver, _gate, stage);
            CancellationToken stop = _stop.Token;
            _running = Task.Run(() => _launcher.RunAsync(pass, stage, start, stop), CancellationToken.None);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Stops the full pass and returns when it has ended. A stopped pass says nothing about the data.</summary>
    /// <param name="cancellationToken">Cancels the waiting, not the stop.</param>
    public async Task StopFullAsync(CancellationToken cancellationToken = default)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task<ValidationReport>? running;
        try
        {
            running = _running;
            if (_stop is not null)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _starting.Release();
        }

        if (running is not null)
        {
            // How it ended is for those who ask WaitAsync, not for those who stop it.
            await Task.WhenAny(running).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the full pass has ended, and returns what it found. That it ended does not mean that all is well: look at the report's state.</summary>
    /// <param name="cancellationToken">Cancels the waiting, not the pass.</param>
    /// <exception cref="InvalidOperationException">None was started in this process.</exception>
    public Task<ValidationReport> WaitFullAsync(CancellationToken cancellationToken = default) =>
        _running?.WaitAsync(cancellationToken) ?? throw new InvalidOperationException("No full validation was started in this process. Call StartFullAsync first.");

    /// <summary>Lets the full pass wait between two steps. The time still counts towards <see cref="ValidationOptions.MaximumDuration"/>.</summary>
    public void PauseFull() => _gate.Close();

    /// <summary>Lets a paused pass go on.</summary>
    public void ResumeFull() => _gate.Open();

    /// <summary>Begins to keep the key of every write for verification.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="StageTransitionException">The stage is not a dual one.</exception>
    public async Task StartIncrementalAsync(CancellationToken cancellationToken = default)
    {
        await RequireDualAsync(cancellationToken).ConfigureAwait(false);
        await _incremental.SetAsync(on: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends it. Keys that wait already are still verified, and so are repaired keys.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public Task StopIncrementalAsync(CancellationToken cancellationToken = default) => _incremental.SetAsync(on: false, cancellationToken);

    /// <summary>
    /// Verifies the keys that wait: of writes while incremental validation is on, of repairs always. The background does
    /// this by itself.
    /// </summary>
    /// <param name="cancellationToken">Cancels; what was verified stays so.</param>
    /// <exception cref="EventChannelException">A confirmed inconsistency could not be published; its keys still wait.</exception>
    public async Task<VerificationReport> VerifyPendingAsync(CancellationToken cancellationToken = default)
    {
        await _verifying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _pending.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _verifying.Release();
        }
    }

    /// <summary>The newest full pass of any process, of whatever outcome; null: there was none.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<ValidationPass?> ReadLastAsync(CancellationToken cancellationToken = default) => ReadPassAsync(_passes.ReadLastAsync, cancellationToken);

    /// <summary>What the gate asks of full validation. Opens one session at a time.</summary>
    internal Task<ValidationGateFacts> ReadGateFactsAsync(StageSnapshot stage, CancellationToken cancellationToken) =>
        ReadFactsAsync(stage, _passes.ReadLastAsync, cancellationToken);

    /// <summary>The same of the newest pass that has ended: one that is under way takes nothing away from what that one found.</summary>
    internal Task<ValidationGateFacts> ReadEndedFactsAsync(StageSnapshot stage, CancellationToken cancellationToken) =>
        ReadFactsAsync(stage, _passes.ReadLastEndedAsync, cancellationToken);

    /// <summary>Keys of an origin, <c>repair</c> or <c>write</c>, that wait for verification on either side.</summary>
    internal async Task<long> CountUnverifiedAsync(string origin, CancellationToken cancellationToken)
    {
        long waiting = 0;
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            SideSession session = await _context.Database(side).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                waiting += await _checks[(int)side].CountAsync(session, origin, cancellationToken).ConfigureAwait(false);
            }
        }

        return waiting;
    }

    /// <summary>Verifies what waits, again and again, until cancelled.</summary>
    internal async Task RunVerificationAsync(CancellationToken cancellationToken)
    {
        Outage outage = new();
        while (true)
        {
            await Task.Delay(_context.Options.Validation.Interval, _context.Time, cancellationToken).ConfigureAwait(false);
            try
            {
                await VerifyPendingAsync(cancellationToken).ConfigureAwait(false);
                if (outage.HasEnded())
                {
                    ValidationLog.VerificationGoesOn(_context.Logger, _context.Name);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is EventChannelException || _context.IsPassing(exception)))
            {
                LogLevel level = outage.Failed();
                ValidationLog.VerificationWaits(_context.Logger, level, exception, _context.Name);
            }
        }
    }

    /// <summary>Stops the full pass. The migration owns it, so it is not offered to others.</summary>
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        _stop?.Cancel();

        // How it ended is for those who wait for it, not for those who dispose.
        await ((Task?)_running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop?.Dispose();
        _stop = null;
        _starting.Dispose();
        _verifying.Dispose();
    }

    private async Task<ValidationGateFacts> ReadFactsAsync(
        StageSnapshot stage, Func<SideSession, CancellationToken, Task<ValidationPass?>> read, CancellationToken cancellationToken)
    {
        ValidationPass? last = await ReadPassAsync(read, cancellationToken).ConfigureAwait(false);
        bool isCurrent = last is not null && last.Epoch == stage.Epoch
            && last.SourceServer == await _launcher.ReadServerAsync(Side.Source, cancellationToken).ConfigureAwait(false)
            && last.TargetServer == await _launcher.ReadServerAsync(Side.Target, cancellationToken).ConfigureAwait(false);
        return new(last, isCurrent);
    }

    private async Task<ValidationPass?> ReadPassAsync(Func<SideSession, CancellationToken, Task<ValidationPass?>> read, CancellationToken cancellationToken)
    {
        SideSession session = await _context.Database(Side.Target).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            return await read(session, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<StageSnapshot> RequireDualAsync(CancellationToken cancellationToken)
    {
        StageSnapshot stage = await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        return stage.Stage.IsDual()
            ? stage
            : throw new StageTransitionException(
                stage.Stage, stage.Stage, $"Both sides are compared in stages src_first and dst_first only, and migration '{_context.Name}' is in {stage.Stage.ToWireName()}.");
    }
}
