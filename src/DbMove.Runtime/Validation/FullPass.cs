using System.Threading.Channels;
using DbMove.Control;
using DbMove.Dialects;
using DbMove.Repair;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>
/// One pass over both sides. One worker walks the authority's keys and cuts them into ranges, the first and the last of
/// them open; the others compare ranges.
/// </summary>
internal sealed class FullPass : IDisposable
{
    private const int SuspectsAtOnce = 1000;
    private const int TriesInARow = 6;

    private readonly MigrationContext _context;
    private readonly SuspectResolver _resolver;
    private readonly PauseGate _gate;
    private readonly StageSnapshot _stage;
    private readonly RowPacer _pacer;
    private readonly CancellationTokenSource _limit = new();
    private readonly List<(EntityValidation Entity, ValidationTracker Tracker)> _entities;
    private readonly List<ValidationDifference> _sample = [];
    private readonly Channel<Range> _ranges;
    private int _workers;

    public FullPass(MigrationContext context, SuspectResolver resolver, PauseGate gate, StageSnapshot stage)
    {
        (_context, _resolver, _gate, _stage) = (context, resolver, gate, stage);
        _pacer = new RowPacer(Options.RowsPerSecond, context.Time);
        _entities = [.. context.Entities.OrderBy(entity => entity.Rank).Select(entity => (entity.CreateValidation(), new ValidationTracker(entity.Name)))];
        _ranges = Channel.CreateBounded<Range>(Options.Workers * 2);
    }

    public IReadOnlyList<ValidationEntityReport> Entities => [.. _entities.Select(entity => entity.Tracker.Report)];

    /// <summary>The limit that ended the pass before its end; null: none.</summary>
    public string? EndedBy { get; private set; }

    public IReadOnlyList<ValidationDifference> Sample
    {
        get
        {
            lock (_sample)
            {
                return [.. _sample];
            }
        }
    }

    private ValidationOptions Options => _context.Options.Validation;

    private long Differences => _entities.Sum(entity => entity.Tracker.Report.Differences);

    /// <summary>Compares everything. A limit ends it as a cancellation, with <see cref="EndedBy"/> set.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource timed = Options.MaximumDuration is { } most ? new(most, _context.Time) : new();
        using CancellationTokenRegistration late = timed.Token.Register(() => End($"it took longer than {Options.MaximumDuration}"));
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _limit.Token);
        await WorkerGroup.RunAsync(
            Options.Workers + 1,
            token => Interlocked.Increment(ref _workers) == 1 ? CutAsync(token) : CompareAsync(token),
            all.Token).ConfigureAwait(false);
    }

    public void Dispose() => _limit.Dispose();

    private async Task CutAsync(CancellationToken cancellationToken)
    {
        foreach ((EntityValidation entity, ValidationTracker tracker) in _entities)
        {
            string? after = null;
            do
            {
                string? upTo = await RetryAsync(entity, () => FindBoundaryAsync(entity, after, cancellationToken), cancellationToken).ConfigureAwait(false);
                await _ranges.Writer.WriteAsync(new(entity, tracker, after, upTo), cancellationToken).ConfigureAwait(false);
                after = upTo;
            }
            while (after is not null);
        }

        _ranges.Writer.Complete();
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        await foreach (Range range in _ranges.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            if (range.Entity.CanDigest
                && await RetryAsync(range.Entity, () => OnBothAsync((authority, follower) => range.Entity.DigestAsync(authority, follower, range.After, range.UpTo, cancellationToken), cancellationToken), cancellationToken).ConfigureAwait(false) is { } rows)
            {
                Count(range, rows);
                continue;
            }

            await MergeAsync(range, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MergeAsync(Range range, CancellationToken cancellationToken)
    {
        MergeLimits limits = new(Options.PageSize, _pacer.Bound(Options.RangeSize), SuspectsAtOnce, _context.Probes);
        string? position = range.After;
        MergeStep step;
        do
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
            string? from = position;
            step = await RetryAsync(
                range.Entity,
                () => OnBothAsync((authority, follower) => range.Entity.MergeAsync(authority, follower, from, range.UpTo, limits, cancellationToken), cancellationToken),
                cancellationToken).ConfigureAwait(false);
            Count(range, step.Compared);
            if (step.Suspects.Count > 0)
            {
                await ResolveAsync(range, step.Suspects, cancellationToken).ConfigureAwait(false);
            }

            position = step.Position;
        }
        while (!step.IsEnd);
    }

    private async Task ResolveAsync(Range range, IReadOnlyList<string> suspects, CancellationToken cancellationToken)
    {
        List<KeyFinding> confirmed = [];
        try
        {
            IReadOnlyList<string> undecided = await RetryAsync(
                range.Entity, () => _resolver.ResolveAsync(range.Entity, _stage, suspects, Options.SuspectRounds, confirmed, cancellationToken), cancellationToken).ConfigureAwait(false);
            range.Tracker.Undecided(undecided.Count);
        }
        finally
        {
            // Also what was confirmed before a failure, or could not be published.
            Report(range, confirmed);
        }
    }

    private void Report(Range range, List<KeyFinding> confirmed)
    {
        foreach (KeyFinding finding in confirmed)
        {
            InconsistencyKind kind = InconsistencyPublisher.KindOf(finding, _stage.Follower);
            range.Tracker.Confirmed(kind);
            lock (_sample)
            {
                if (_sample.Count < Options.SampleSize)
                {
                    _sample.Add(new(range.Entity.Binding.Name, finding.Key, kind, finding.Columns));
                }
            }
        }

        if (Options.StopAfterDifferences is { } most && Differences >= most)
        {
            End($"{most} differences were found");
        }
    }

    private void End(string reason)
    {
        EndedBy ??= reason;
        _limit.Cancel();
    }

    private void Count(Range range, long rows)
    {
        range.Tracker.Compared(rows);
        _pacer.Spend(rows);
        _context.Metrics.Compared(rows, range.Entity.Binding.Name);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _pacer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> FindBoundaryAsync(EntityValidation entity, string? after, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        SideSession authority = await _context.Database(_stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (authority.ConfigureAwait(false))
        {
            return await entity.FindBoundaryAsync(authority, after, Options.RangeSize, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<T> OnBothAsync<T>(Func<SideSession, SideSession, Task<T>> read, CancellationToken cancellationToken)
    {
        SideSession authority = await _context.Database(_stage.Authority).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
        await using (authority.ConfigureAwait(false))
        {
            SideSession follower = await _context.Database(_stage.Follower).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (follower.ConfigureAwait(false))
            {
                return await read(authority, follower).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The same step again after a passing failure; never the one after it.</summary>
    private async Task<T> RetryAsync<T>(EntityValidation entity, Func<Task<T>> step, CancellationToken cancellationToken)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                return await step().ConfigureAwait(false);
            }
            catch (Exception exception) when (failures < TriesInARow && !cancellationToken.IsCancellationRequested && _context.IsPassing(exception))
            {
                TimeSpan delay = RetryDelay.After(failures);
                ValidationLog.Waiting(_context.Logger, exception, _context.Name, entity.Binding.Name, delay);
                await Task.Delay(delay, _context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private sealed record Range(EntityValidation Entity, ValidationTracker Tracker, string? After, string? UpTo);
}
