using DbMove.Control;
using DbMove.Events;
using DbMove.Scheduling;

namespace DbMove.Fleet;

/// <summary>
/// This instance as one of the fleet. In every fenced stage it gives signs of life on the authority, so that the gate can
/// wait for it, and asks for the leader's lease in the same transaction. A sign of life is a write like any other: behind the
/// fence, and only under the stage that the control row names. So it never vouches for a stage that has passed, and a
/// switch finds it complete.
/// </summary>
internal sealed class FleetMember : IDisposable
{
    private const int BeatsInATerm = 3;

    private readonly MigrationContext _context;
    private readonly FleetRoll _roll;
    private readonly MigrationReads _reads;
    private readonly ChannelSignal _moved = new();
    private readonly SemaphoreSlim _beating = new(1);
    private volatile FleetView? _view;
    private StageSnapshot? _confirmed;
    private long _beatAt;
    private int _failures;

    public FleetMember(MigrationContext context, FleetRoll roll, MigrationReads reads)
    {
        (_context, _roll, _reads) = (context, roll, reads);
        context.Stage.Moved = _moved.Raise;
        context.Metrics.Fleet = () => _view is { } view ? (view.Alive, Leadership.IsLeading) : null;
    }

    /// <inheritdoc cref="FleetRoll.Id"/>
    public string Id => _roll.Id;

    /// <summary>The fleet as last seen, in words.</summary>
    public string Detail => _view is not { } view
        ? "no instances are counted in this stage"
        : $"{view.Alive} alive, {(Leadership.IsLeading ? "this one leads" : view.Leader is { } leader ? $"{leader} leads" : "none leads")}";

    /// <summary>Which instance leads, as last seen; null: none, or nobody knows.</summary>
    public string? Leader => Leadership.IsLeading ? _roll.Label : _view?.Leader;

    private Leadership Leadership => _context.Leadership;

    private TimeSpan Lease => _context.Options.Fleet.LeaderLease;

    // Who does not lead looks after the lease as often: it may have become free.
    private TimeSpan Interval => (_context.Options.RunBackgroundWork && Lease < _roll.Expiry ? Lease : _roll.Expiry) / BeatsInATerm;

    /// <summary>Makes itself known, before it may write.</summary>
    /// <exception cref="DatabaseUnavailableException">The authority does not answer.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _context.TranslateAsync(() => BeatAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DatabaseUnavailableException(
                _context.Stage.Last?.Authority ?? Side.Source,
                $"This instance could not make itself known to migration '{_context.Name}' within {_context.Options.LockTimeout.TotalSeconds:0.###} s: the authority does not answer, or its fence is held.",
                exception);
        }
    }

    /// <summary>Gives signs of life until cancelled: in time, and at once when this process learns of another stage.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved = _moved.Next;
            if (!IsDue(out TimeSpan left))
            {
                await ChannelSignal.WaitAsync(moved, left, _context.Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                await BeatAsync(onlyIfDue: true, cancellationToken).ConfigureAwait(false);
                _failures = 0;
            }
            catch (Exception exception) when (IsPassing(exception, cancellationToken))
            {
                // Once for an outage. The lease runs out by itself meanwhile.
                if (++_failures == 1)
                {
                    FleetLog.BeatFailed(_context.Logger, exception, _context.Name);
                }

                TimeSpan delay = RetryDelay.After(_failures);
                await Task.Delay(delay < Interval ? delay : Interval, _context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Leaves, so that nobody waits for it. What cannot be said now is said by its silence.</summary>
    public async Task LeaveAsync()
    {
        Leadership.Resign();
        if (_confirmed is null || _context.Stage.Last is not { } stage || !stage.Stage.IsFenced())
        {
            return;
        }

        await _roll.RemoveAsync(stage.Authority).ConfigureAwait(false);
        (_confirmed, _view) = (null, null);
    }

    /// <summary>One sign of life, under the stage that the authority itself confirms.</summary>
    public Task BeatAsync(CancellationToken cancellationToken) => BeatAsync(onlyIfDue: false, cancellationToken);

    public void Dispose()
    {
        Leadership.Dispose();
        _beating.Dispose();
    }

    private async Task BeatAsync(bool onlyIfDue, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(_context.Options.LockTimeout, _context.Time, cancellationToken);
        await _beating.WaitAsync(deadline.Token).ConfigureAwait(false);
        try
        {
            // Whoever had it before may have given the sign that was due.
            if (!onlyIfDue || IsDue(out _))
            {
                await BeatOnceAsync(deadline.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            _beating.Release();
        }
    }

    /// <summary>Whether a sign of life is due: in time, after a failure, or because the stage has moved since the last.</summary>
    private bool IsDue(out TimeSpan left)
    {
        left = Interval - _context.Time.GetElapsedTime(_beatAt);
        return _failures > 0 || left <= TimeSpan.Zero || _context.Stage.Last is not { } now || _confirmed is not { } confirmed || !now.IsSameAssignment(confirmed);
    }

    private async Task BeatOnceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long asked = _context.Time.GetTimestamp();
            StageSnapshot stage = _context.Stage.Last is { } last && last.Stage.IsFenced()
                ? last
                : await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
            if (!stage.Stage.IsFenced() || await TryBeatAsync(stage, asked, cancellationToken).ConfigureAwait(false))
            {
                (_confirmed, _beatAt) = (stage, asked);
                if (!stage.Stage.IsFenced())
                {
                    LeadWithoutLease(stage);
                }

                return;
            }

            await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Before the first switch there is no table for a lease: every instance acts, and the epoch lets one of them switch.</summary>
    private void LeadWithoutLease(StageSnapshot stage)
    {
        _view = null;
        if (stage.Stage == Stage.Initial && _context.Options.RunBackgroundWork)
        {
            Leadership.Lead(Timeout.InfiniteTimeSpan);
        }
        else
        {
            Leadership.Resign();
        }
    }

    private async Task<bool> TryBeatAsync(StageSnapshot stage, long asked, CancellationToken cancellationToken)
    {
        if (await _roll.TryBeatAsync(stage, _reads.ShadowIn(stage.Epoch), cancellationToken).ConfigureAwait(false) is not { } view)
        {
            return false;
        }

        See(view, asked);
        return true;
    }

    private void See(FleetView view, long asked)
    {
        bool hasLed = Leadership.IsLeading && _view is not null;
        _view = view;
        TimeSpan left = Lease - _context.Time.GetElapsedTime(asked);
        if (view.IsOwnLease && left > TimeSpan.Zero)
        {
            // Counted from before it was asked for, and so over before it is over in the database.
            Leadership.Lead(left);
        }
        else
        {
            Leadership.Resign();
        }

        if (Leadership.IsLeading != hasLed)
        {
            FleetLog.Leads(_context.Logger, _context.Name, _roll.Label, hasLed ? "leads no more" : "leads");
        }
    }

    private bool IsPassing(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && (exception is OperationCanceledException || _context.IsPassing(exception));
}
