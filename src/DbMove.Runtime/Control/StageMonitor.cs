using DbMove.Dialects;
using Microsoft.Extensions.Logging;

namespace DbMove.Control;

/// <summary>What this process knows of the stage, and how it learns it: both control rows, read one after the other.</summary>
internal sealed class StageMonitor : IDisposable
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(10);

    private readonly SideDatabase[] _databases;
    private readonly ControlStore[] _stores;
    private readonly string _migration;
    private readonly MigrationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _refreshing = new(1);
    private volatile StageSnapshot? _last;
    private (long At, StageUnknownException Why)? _failed;

    public StageMonitor(string migration, SideDatabase[] databases, ControlStore[] stores, MigrationOptions options, TimeProvider time, ILogger logger)
    {
        _migration = migration;
        _databases = databases;
        _stores = stores;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Called when another stage or epoch was read than before. It must not wait.</summary>
    public Action? Moved { get; set; }

    /// <summary>The stage as last read; null before the first reading.</summary>
    public StageSnapshot? Last => _last;

    /// <summary>
    /// The stage for a write. In the stages with a fence an old answer does no harm, the fence corrects it; without a
    /// fence it must be fresh.
    /// </summary>
    public ValueTask<StageSnapshot> GetForWriteAsync(CancellationToken cancellationToken) =>
        _last is { } last && (last.Stage.IsFenced() || IsFresh(last))
            ? ValueTask.FromResult(last)
            : new ValueTask<StageSnapshot>(RefreshAsync(bothSides: false, cancellationToken));

    /// <summary>Whether a stage is the one that was read last, not long ago.</summary>
    public bool IsKnown(StageSnapshot stage) => _last is { } last && last.IsSameAssignment(stage) && IsFresh(last);

    /// <summary>The stage for a read: fresh, or refused (or stale, where that is allowed).</summary>
    public async ValueTask<StageSnapshot> GetForReadAsync(CancellationToken cancellationToken)
    {
        StageSnapshot? last = _last;
        if (last is not null && IsFresh(last))
        {
            return last;
        }

        try
        {
            return await RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        }
        catch (StageUnknownException exception) when (last is not null && _options.StaleReads == StaleReads.Allow)
        {
            ControlLog.StaleRead(_logger, exception, _migration, last.Stage.ToWireName());
            return last;
        }
    }

    /// <summary>Reads the stage now. Callers that ask while a reading is under way share the next one, or the failure of this one.</summary>
    /// <param name="bothSides">
    /// Whether the other side is asked too where one row decides alone: shows contradictions. It is asked after the stage was
    /// made known, so that nobody waits for a side that is away.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<StageSnapshot> RefreshAsync(bool bothSides, CancellationToken cancellationToken)
    {
        StageSnapshot read = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        if (bothSides)
        {
            await RefuseContradictionAsync(cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    public void Dispose() => _refreshing.Dispose();

    private bool IsFresh(StageSnapshot snapshot) => snapshot.ReadAt.Age(_time) < _options.PollInterval;

    private async Task<StageSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        long asked = _time.GetTimestamp();
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is { } shared && shared.ReadAt.Timestamp > asked)
            {
                return shared;
            }

            if (_failed is { } failed && failed.At > asked)
            {
                // Each of them waiting for time-outs of its own would keep the last one waiting for the sum of all.
                throw new StageUnknownException(_migration, failed.Why.Message, failed.Why);
            }

            StageSnapshot read = await ReadSharedAsync(cancellationToken).ConfigureAwait(false);
            if (_last is { } last && read.Epoch < last.Epoch)
            {
                throw new StageUnknownException(
                    _migration, $"The epoch of migration '{_migration}' went back from {last.Epoch} to {read.Epoch}: a database was restored or failed over without its last commits. Restore what is missing, or end this process if the older state is meant to stand.");
            }

            bool moved = _last is null || !read.IsSameAssignment(_last);
            _last = read;
            if (moved)
            {
                ControlLog.StageSeen(_logger, _migration, read.Stage.ToWireName(), read.Epoch);
                Moved?.Invoke();
            }

            return read;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task<StageSnapshot> ReadSharedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StageUnknownException exception)
        {
            _failed = (_time.GetTimestamp(), exception);
            throw;
        }
    }

    private async Task<StageSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        while (true)
        {
            Moment readAt = Moment.Now(_time);
            Side first = _last?.Authority ?? Side.Source;
            (ControlRow? row, Exception? failure) = await TryReadAsync(first, cancellationToken).ConfigureAwait(false);
            if (row is { DecidesAlone: true })
            {
                return new(row.Epoch, row.Stage, row.DualSince, readAt) { IsIncremental = row.IsIncremental };
            }

            (ControlRow? other, Exception? otherFailure) = await TryReadAsync(first.Other(), cancellationToken).ConfigureAwait(false);
            (ControlRow? source, ControlRow? target) = first == Side.Source ? (row, other) : (other, row);
            failure ??= otherFailure;
            if (StageDecision.Decide(source, target) is { } decided)
            {
                return new(decided.Epoch, decided.Stage, decided.DualSince, readAt) { IsIncremental = decided.IsIncremental };
            }

            if (failure is not null)
            {
                throw new StageUnknownException(
                    _migration, $"The stage of migration '{_migration}' cannot be told, because a side is out of reach: {failure.Message}", failure);
            }

            if (source is null && (target is null || target.Stage == Stage.Initial))
            {
                return new(0, Stage.Initial, 0, readAt);
            }

            if (_time.GetElapsedTime(began) > _options.LockTimeout)
            {
                throw new StageUnknownException(
                    _migration, $"The control rows of migration '{_migration}' name no authority (source: {Describe(source)}; target: {Describe(target)}). A side was restored from an older state, or its control row was removed; correct the row.");
            }

            await Task.Delay(s_retryDelay, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Once, two rows that both decide may be a switch between the two readings; twice, it is a contradiction.</summary>
    private async Task RefuseContradictionAsync(CancellationToken cancellationToken)
    {
        for (int reading = 1; ; reading++)
        {
            (ControlRow? source, _) = await TryReadAsync(Side.Source, cancellationToken).ConfigureAwait(false);
            (ControlRow? target, _) = await TryReadAsync(Side.Target, cancellationToken).ConfigureAwait(false);
            if (source is not { DecidesAlone: true } || target is not { DecidesAlone: true })
            {
                return;
            }

            if (reading == 2)
            {
                throw new StageUnknownException(
                    _migration, $"Both sides of migration '{_migration}' claim authority: the source says {source.Stage.ToWireName()} (epoch {source.Epoch}), the target {target.Stage.ToWireName()} (epoch {target.Epoch}). One of them was restored from an older state; find out which and correct its row in the control table.");
            }
        }
    }

    private static string Describe(ControlRow? row) =>
        row is null ? "no row" : $"{row.Stage.ToWireName()}, epoch {row.Epoch}{(row.IsPrepared ? ", prepared" : string.Empty)}";

    private async Task<(ControlRow? Row, Exception? Failure)> TryReadAsync(Side side, CancellationToken cancellationToken)
    {
        SideDatabase database = _databases[(int)side];
        using Deadline deadline = new(_options.FollowerTimeout, _time, cancellationToken);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Read, deadline.Token).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return (await _stores[(int)side].ReadAsync(session, deadline.Token).ConfigureAwait(false), null);
            }
        }
        catch (Exception exception) when (database.Classify(exception) is FailureKind.Availability or FailureKind.Transient)
        {
            return (null, exception);
        }
        catch (OperationCanceledException exception) when (deadline.Explains(exception))
        {
            return (null, new TimeoutException($"The {side.ToWireName()} ({database.DisplayName}) did not answer within {_options.FollowerTimeout.TotalSeconds:0.###} s.", exception));
        }
    }
}
