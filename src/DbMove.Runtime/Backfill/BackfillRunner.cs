using System.Diagnostics;
using DbMove.Backfill;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove;

/// <summary>
/// Copies the rows that existed before dual writing, in stage <see cref="Stage.SourceFirst"/>. It never overwrites a row
/// on the target, goes on where it was after a crash, and several processes may run it at once: each takes ranges of its own.
/// </summary>
/// <remarks>
/// A delete that races with it can leave an extra row on the target. The full validation that the gate demands after the
/// backfill finds and removes such rows.
/// </remarks>
public sealed class BackfillRunner : IAsyncDisposable
{
    private readonly MigrationContext _context;
    private readonly ProgressStore _store;
    private readonly PauseGate _gate = new();
    private readonly Lock _lock = new();
    private CancellationTokenSource? _stop;
    private BackfillRun? _run;
    private Task<BackfillReport>? _running;
    private BackfillState _ended = BackfillState.Idle;
    private long _startedAt;

    internal BackfillRunner(MigrationContext context)
    {
        _context = context;
        _store = new ProgressStore(context.Database(Side.Target).Syntax, context.Names);
    }

    /// <summary>Where the backfill of this process is. Never waits.</summary>
    public BackfillProgress Progress
    {
        get
        {
            lock (_lock)
            {
                IReadOnlyList<BackfillEntityProgress> entities = _run?.Entities
                    ?? [.. _context.Entities.Select(entity => new BackfillEntityProgress(entity.Name, 0, 0, 0, -1, false))];
                double seconds = _run is null ? 0 : _context.Time.GetElapsedTime(_startedAt).TotalSeconds;
                bool isRunning = _running is { IsCompleted: false };
                double rate = isRunning && seconds > 0 ? _run!.RowsRead / seconds : 0;
                double left = entities.Sum(entity => entity.IsDone ? 0 : Math.Max(0, entity.EstimatedTotal - entity.RowsRead));
                bool isPlanned = entities.All(entity => entity.EstimatedTotal >= 0);
                BackfillState state = !isRunning ? _ended : _gate.IsClosed ? BackfillState.Paused : BackfillState.Running;
                return new(state, entities, rate, isPlanned && rate > 0 ? TimeSpan.FromSeconds(left / rate) : null);
            }
        }
    }

    /// <summary>Starts, or goes on after a pause or a stop, and returns as soon as it runs. While it runs already, nothing happens.</summary>
    /// <param name="cancellationToken">Cancels the start, not the run.</param>
    /// <exception cref="StageTransitionException">The migration is in another stage than <see cref="Stage.SourceFirst"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        StageSnapshot stage = await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        BackfillClaims.RequireStage(_context.Name, stage, stage);
        lock (_lock)
        {
            _gate.Open();
            if (_running is { IsCompleted: false })
            {
                return;
            }

            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            BackfillRun run = _run = new BackfillRun(_context, _store, _gate);
            _startedAt = _context.Time.GetTimestamp();
            CancellationToken token = _stop.Token;
            _running = Task.Run(() => RunAsync(run, stage, token), CancellationToken.None);
        }

        BackfillLog.Started(_context.Logger, _context.Name, _context.Options.Backfill.Workers);
    }

    /// <summary>Pauses this process's workers after the chunk they are at. <see cref="StartAsync"/> goes on.</summary>
    /// <param name="cancellationToken">Not used: it returns at once.</param>
    public Task PauseAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_running is { IsCompleted: false })
            {
                _gate.Close();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Stops this process's workers and returns when they have. What is copied stays, and <see cref="StartAsync"/> goes on from there.</summary>
    /// <param name="cancellationToken">Cancels the waiting, not the stop.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task<BackfillReport>? running;
        lock (_lock)
        {
            running = _running;
            _stop?.Cancel();
        }

        if (running is not null)
        {
            // How it ended is for those who ask WaitAsync, not for those who stop it.
            await Task.WhenAny(running).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the run has ended, well or not.</summary>
    /// <param name="cancellationToken">Cancels the waiting, not the run.</param>
    /// <exception cref="InvalidOperationException">It was not started in this process.</exception>
    public Task<BackfillReport> WaitAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _running is null
                ? throw new InvalidOperationException("The backfill was not started in this process. Call StartAsync first.")
                : _running.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether every entity is copied within the present unbroken run of dual writing, by whichever process.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken = default)
    {
        StageSnapshot stage = await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        return await IsCompleteAsync(stage.DualSince, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same, for a run of dual writing that the caller knows.</summary>
    internal async Task<bool> IsCompleteAsync(long dualSince, CancellationToken cancellationToken)
    {
        SideSession session = await _context.Database(Side.Target).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            HashSet<string> complete = await _store.ReadCompleteAsync(session, dualSince, cancellationToken).ConfigureAwait(false);
            return _context.Entities.All(entity => complete.Contains(entity.Name));
        }
    }

    /// <summary>Stops this process's workers. The migration owns them, so it is not offered to others.</summary>
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        Task? running;
        lock (_lock)
        {
            running = _running;
            _stop?.Cancel();
        }

        // How it ended is for those who wait for it, not for those who dispose.
        await (running ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop?.Dispose();
        _stop = null;
    }

    private async Task<BackfillReport> RunAsync(BackfillRun run, StageSnapshot stage, CancellationToken stop)
    {
        using Activity? activity = _context.Tracing.StartApart("dbmove.backfill");
        activity.SetStage(stage);
        BackfillState state = BackfillState.Failed;
        Exception? failure = null;
        try
        {
            await run.RunAsync(stage, stop).ConfigureAwait(false);
            state = BackfillState.Completed;
        }
        catch (Exception exception) when (stop.IsCancellationRequested && (exception is OperationCanceledException || _context.IsPassing(exception)))
        {
            state = BackfillState.Stopped;
        }
        catch (Exception exception) when (exception is DbMoveException || _context.FailureOf(exception) is not null)
        {
            activity.Fails(exception);
            BackfillLog.Failed(_context.Logger, exception, _context.Name);
            failure = exception;
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
        finally
        {
            lock (_lock)
            {
                _ended = state;
            }

            activity.SetWord("dbmove.outcome", state.ToString().ToLowerInvariant());
            activity.SetCount("dbmove.rows.read", run.RowsRead);

            BackfillLog.Ended(_context.Logger, _context.Name, state);
        }

        return new(state, run.Entities, _context.Time.GetElapsedTime(_startedAt), failure);
    }
}
