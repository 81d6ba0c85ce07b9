using DbMove.Control;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.Backfill;

/// <summary>One run: entity by entity, parents first, each by several workers.</summary>
internal sealed class BackfillRun
{
    private readonly MigrationContext _context;
    private readonly ProgressStore _store;
    private readonly BackfillPlanner _planner;
    private readonly PauseGate _gate;
    private readonly List<(EntityBackfill Entity, BackfillTracker Tracker)> _entities;

    public BackfillRun(MigrationContext context, ProgressStore store, PauseGate gate)
    {
        (_context, _store, _gate) = (context, store, gate);
        _planner = new BackfillPlanner(context, store);
        _entities = [.. context.Entities.OrderBy(entity => entity.Rank).Select(entity => (entity.CreateBackfill(), new BackfillTracker(entity.Name)))];
    }

    /// <summary>Rows that this run read.</summary>
    public long RowsRead => _entities.Sum(entity => entity.Tracker.RowsReadHere);

    public IReadOnlyList<BackfillEntityProgress> Entities => [.. _entities.Select(entity => entity.Tracker.Progress)];

    /// <summary>Copies everything that is not copied yet.</summary>
    public async Task RunAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        RowPacer pacer = new(_context.Options.Backfill.RowsPerSecond, _context.Time);
        foreach ((EntityBackfill entity, BackfillTracker tracker) in _entities)
        {
            tracker.Load(await PlanAsync(entity, stage, cancellationToken).ConfigureAwait(false));
            await CopyAsync(entity, tracker, pacer, stage, cancellationToken).ConfigureAwait(false);

            // Ranges that other processes copied are in the rows' figures.
            tracker.Load(await PlanAsync(entity, stage, cancellationToken).ConfigureAwait(false));
            BackfillEntityProgress done = tracker.Progress;
            BackfillLog.EntityDone(_context.Logger, _context.Name, done.Entity, done.RowsRead, done.RowsInserted, done.RowsDeferred);
        }
    }

    private async Task CopyAsync(EntityBackfill entity, BackfillTracker tracker, RowPacer pacer, StageSnapshot stage, CancellationToken cancellationToken)
    {
        if (tracker.Progress.IsDone)
        {
            return;
        }

        await WorkerGroup.RunAsync(
            _context.Options.Backfill.Workers,
            token => new BackfillWorker(_context, _store, _planner, entity, tracker, pacer, _gate, stage).RunAsync(token),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<BackfillRange>> PlanAsync(EntityBackfill entity, StageSnapshot stage, CancellationToken cancellationToken)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
                return await _planner.EnsureAsync(entity, stage, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && _context.IsPassing(exception))
            {
                TimeSpan delay = RetryDelay.After(failures);
                BackfillLog.Waiting(_context.Logger, exception, _context.Name, entity.Binding.Name, delay);
                await Task.Delay(delay, _context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
