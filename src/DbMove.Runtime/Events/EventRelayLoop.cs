using DbMove.Control;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Events;

/// <summary>
/// Hands the rows of events to the broker, and finds those that the broker has lost. Any number of processes may run it:
/// they share the rows by short claims, and a message that two of them send has one identity.
/// </summary>
internal sealed class EventRelayLoop(TableEventChannel channel, IEventBroker broker)
{
    /// <summary>After how many leases, times the number of its publication, an event that nobody has taken is published again.</summary>
    public const int OverdueLeases = 10;

    private const int BatchSize = 100;

    private static readonly TimeSpan s_claim = TimeSpan.FromSeconds(5);

    private readonly RelayStore _store = new(channel.Context.Database(Side.Target).Syntax, channel.Context.Names);
    private readonly MigrationContext _context = channel.Context;
    private int _failures;
    private int _refusals;

    /// <summary>How long the broker has had an event before it is worth asking whether it has it still.</summary>
    private TimeSpan Age => channel.Options.Lease / 2;

    /// <summary>Relays until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long lookedAt = _context.Time.GetTimestamp();
        while (true)
        {
            Task stored = channel.Stored.Next;
            try
            {
                IReadOnlyList<PublishOutcome>? outcomes = await RunOnceAsync(cancellationToken).ConfigureAwait(false);
                int refused = outcomes?.Count(outcome => outcome == PublishOutcome.Failed) ?? 0;
                if (outcomes is null && _failures > 0)
                {
                    // Nothing was sent, so whether the broker is back must be asked: an idle round alone says nothing of it.
                    await broker.CountPendingAsync(cancellationToken).ConfigureAwait(false);
                }

                Answered(outcomes is not null, refused);

                if (_context.Time.GetElapsedTime(lookedAt) >= Age)
                {
                    lookedAt = _context.Time.GetTimestamp();
                    await FindLostAsync(Age, cancellationToken).ConfigureAwait(false);
                }
                else if (outcomes is null)
                {
                    await ChannelSignal.WaitAsync(stored, channel.Options.PollInterval, _context.Time, cancellationToken).ConfigureAwait(false);
                }
                else if (refused > 0)
                {
                    await Task.Delay(RetryDelay.After(_refusals), _context.Time, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is EventChannelException || _context.IsPassing(exception)))
            {
                // Once for an outage, however long it lasts and whatever is stored meanwhile.
                if (++_failures == 1)
                {
                    EventLog.RelayWaits(_context.Logger, exception, _context.Name);
                }

                await Task.Delay(RetryDelay.After(_failures), _context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Publishes one batch.</summary>
    /// <returns>What became of each; null: there was none, or the stage is not a dual one, in which nobody takes any.</returns>
    /// <exception cref="EventChannelException">The broker or the target is out of reach; nothing is lost.</exception>
    public async Task<IReadOnlyList<PublishOutcome>?> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await IsDualAsync(cancellationToken).ConfigureAwait(false)
            || !await channel.ReadAsync(session => _store.AnyAsync(session, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        List<StoredEvent> claimed = await channel.WriteAsync(session => _store.ClaimAsync(session, BatchSize, s_claim, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (claimed.Count == 0)
        {
            return null;
        }

        await _context.Probes.ReachAsync(ProbePoint.EventsClaimed, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<PublishOutcome> outcomes;
        try
        {
            outcomes = await broker.PublishAsync([.. claimed.Select(stored => new BrokerMessage(stored.Event, stored.Publication))], cancellationToken).ConfigureAwait(false);
        }
        catch (EventChannelException)
        {
            await channel.WriteAsync(session => ReleaseAsync(session, claimed, TimeSpan.Zero, cancellationToken), cancellationToken).ConfigureAwait(false);
            throw;
        }

        await _context.Probes.ReachAsync(ProbePoint.EventsPublished, cancellationToken).ConfigureAwait(false);
        await channel.WriteAsync(session => SettleAsync(session, claimed, outcomes, cancellationToken), cancellationToken).ConfigureAwait(false);
        return outcomes;
    }

    /// <summary>
    /// Publishes again what the broker took and has no more: a stream that was deleted, purged, evicted, or that lost its storage. Sound
    /// without clocks: the events are read as published first; then the broker has nothing left; an event that still
    /// stands there afterwards, in the same publication, was not dealt with, because its row goes before its message does.
    /// While the broker has others, a loss of some cannot be told from a backlog: what nobody has taken for <see cref="OverdueLeases"/>
    /// leases is published again as well, and if its first message is there after all, the second one changes nothing.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> FindLostAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (!await IsDualAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        List<(long RowId, long Publication)> published = await channel.ReadAsync(session => _store.ListPublishedAsync(session, age, cancellationToken), cancellationToken).ConfigureAwait(false);
        await _context.Probes.ReachAsync(ProbePoint.EventsListed, cancellationToken).ConfigureAwait(false);
        if (published.Count == 0)
        {
            return 0;
        }

        int lost = await broker.CountPendingAsync(cancellationToken).ConfigureAwait(false) == 0
            ? await PublishLostAsync(published, cancellationToken).ConfigureAwait(false)
            : await PublishOverdueAsync(cancellationToken).ConfigureAwait(false);
        if (lost > 0)
        {
            EventLog.Lost(_context.Logger, _context.Name, lost);
            _context.Metrics.EventsRepublished(lost);
            channel.Stored.Raise();
        }

        return lost;
    }

    private async Task<int> PublishLostAsync(List<(long RowId, long Publication)> published, CancellationToken cancellationToken)
    {
        await _context.Probes.ReachAsync(ProbePoint.EventsCounted, cancellationToken).ConfigureAwait(false);
        return await channel.WriteAsync(session => _store.PublishAgainAsync(session, published, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> PublishOverdueAsync(CancellationToken cancellationToken)
    {
        List<(long RowId, long Publication)> overdue = await channel.ReadAsync(
            session => _store.ListOverdueAsync(session, channel.Options.Lease * OverdueLeases, cancellationToken), cancellationToken).ConfigureAwait(false);
        return overdue.Count == 0 ? 0
            : await channel.WriteAsync(session => _store.PublishOverdueAsync(session, overdue, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsDualAsync(CancellationToken cancellationToken)
    {
        StageSnapshot stage = await _context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
        return stage.Stage.IsDual() || (await _context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false)).Stage.IsDual();
    }

    /// <summary>A round has ended well: the broker and the target are there. Whether what was refused is taken again, only another publication shows.</summary>
    private void Answered(bool isPublished, int refused)
    {
        bool hasWaited = _failures > 0 || (_refusals > 0 && isPublished && refused == 0);
        _failures = 0;
        if (refused > 0 && ++_refusals == 1)
        {
            EventLog.Refused(_context.Logger, _context.Name, refused);
        }
        else if (isPublished && refused == 0)
        {
            _refusals = 0;
        }

        if (hasWaited && _refusals == 0)
        {
            EventLog.RelayGoesOn(_context.Logger, _context.Name);
        }
    }

    private async Task<bool> SettleAsync(SideSession session, List<StoredEvent> claimed, IReadOnlyList<PublishOutcome> outcomes, CancellationToken cancellationToken)
    {
        ILookup<PublishOutcome, StoredEvent> by = claimed.Zip(outcomes).ToLookup(pair => pair.Second, pair => pair.First);
        await _store.MarkAsync(session, by[PublishOutcome.Accepted], cancellationToken).ConfigureAwait(false);
        await ReleaseAsync(session, by[PublishOutcome.Failed], channel.Options.RetryDelay, cancellationToken).ConfigureAwait(false);
        foreach (StoredEvent large in by[PublishOutcome.TooLarge])
        {
            await DivideAsync(session, large, cancellationToken).ConfigureAwait(false);
        }

        _context.Metrics.EventsPublished(by[PublishOutcome.Accepted].Count());
        return true;
    }

    private async Task<bool> ReleaseAsync(SideSession session, IEnumerable<StoredEvent> claimed, TimeSpan delay, CancellationToken cancellationToken)
    {
        await _store.ReleaseAsync(session, claimed, delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Two events in place of one that is larger than the broker takes.</summary>
    private async Task DivideAsync(SideSession session, StoredEvent large, CancellationToken cancellationToken)
    {
        InconsistencyEvent whole = large.Event;
        if (whole.Keys.Count <= 1)
        {
            const string reason = "its one key is larger than the broker takes in a message";
            await channel.Store.GiveUpAsync(session, large.RowId, string.Empty, reason, cancellationToken).ConfigureAwait(false);
            EventLog.Dead(_context.Logger, _context.Name, whole.Id, whole.Entity, reason);
            return;
        }

        if (await _store.RemoveAsync(session, large, cancellationToken).ConfigureAwait(false))
        {
            int half = whole.Keys.Count / 2;
            await channel.Store.InsertAsync(session, whole with { Id = whole.Id + "-1", Keys = [.. whole.Keys.Take(half)] }, cancellationToken).ConfigureAwait(false);
            await channel.Store.InsertAsync(session, whole with { Id = whole.Id + "-2", Keys = [.. whole.Keys.Skip(half)] }, cancellationToken).ConfigureAwait(false);
        }
    }
}
