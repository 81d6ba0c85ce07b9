using System.Diagnostics.Metrics;
using DbMove.Control;
using DbMove.Events;
using DbMove.Reads;

namespace DbMove.Telemetry;

/// <summary>The instruments of one migration, in the meter <c>DbMove</c>, each tagged with the migration's name.</summary>
internal sealed class MigrationMetrics : IDisposable
{
    private readonly KeyValuePair<string, object?> _migration;
    private readonly TotalCounter _writes;
    private readonly TotalCounter _followerFailures;
    private readonly TotalCounter _unknownOutcomes;
    private readonly TotalCounter _cleared;
    private readonly TotalCounter _repaired;
    private readonly TotalCounter _alreadyConsistent;
    private readonly TotalCounter _backfilled;
    private readonly TotalCounter _compared;
    private readonly TotalCounter _inconsistencies;
    private readonly TotalCounter _eventsPublished;
    private readonly TotalCounter _eventsRepublished;
    private readonly TotalCounter _eventsRedelivered;
    private readonly TotalCounter _fromTarget;
    private readonly TotalCounter _rampPending;
    private readonly TotalCounter _rampMissing;
    private readonly TotalCounter _rampFailed;
    private readonly Counter<long> _shadow;
    private readonly TotalCounter _statements;
    private readonly Histogram<double> _writePause;
    private readonly int[] _breakers = new int[2];
    private IntentSummary? _intents;
    private StageSnapshot? _stage;
    private EventFigures? _events;
    private long _lastPauseTicks = -1;
    private double _promotionOpen = -1;

    public MigrationMetrics(string migration)
    {
        _migration = new("dbmove.migration", migration);
        _writes = new TotalCounter(MigrationInstruments.Meter, "dbmove.writes", "{transaction}", "Transactions that the authority committed.");
        _followerFailures = new TotalCounter(MigrationInstruments.Meter, "dbmove.follower.failures", "{transaction}", "Committed transactions whose rows the follower did not take at once; their intents stay.");
        _unknownOutcomes = new TotalCounter(MigrationInstruments.Meter, "dbmove.commits.unknown", "{transaction}", "Commits on the authority whose outcome is unknown.");
        _cleared = new TotalCounter(MigrationInstruments.Meter, "dbmove.intents.cleared", "{intent}", "Intents cleared after both sides had committed.");
        _repaired = new TotalCounter(MigrationInstruments.Meter, "dbmove.repair.keys", "{key}", "Keys that a repair changed on the follower.");
        _alreadyConsistent = new TotalCounter(MigrationInstruments.Meter, "dbmove.repair.already_consistent", "{key}", "Keys that a repair found equal.");
        _backfilled = new TotalCounter(MigrationInstruments.Meter, "dbmove.backfill.rows", "{row}", "Rows that the backfill inserted on the target.");
        _compared = new TotalCounter(MigrationInstruments.Meter, "dbmove.validation.rows", "{row}", "Rows compared by validation.");
        _inconsistencies = new TotalCounter(MigrationInstruments.Meter, "dbmove.validation.inconsistencies", "{key}", "Confirmed inconsistencies.");
        _eventsPublished = new TotalCounter(MigrationInstruments.Meter, "dbmove.events.published", "{event}", "Events that the broker took.");
        _eventsRepublished = new TotalCounter(MigrationInstruments.Meter, "dbmove.events.republished", "{event}", "Events that the broker had taken and no longer had.");
        _eventsRedelivered = new TotalCounter(MigrationInstruments.Meter, "dbmove.events.redelivered", "{event}", "Deliveries of events that a consumer had before.");
        _fromTarget = new TotalCounter(MigrationInstruments.Meter, "dbmove.reads.ramp.target", "{key}", "Keys of the read ramp that the target answered.");
        _rampPending = new TotalCounter(MigrationInstruments.Meter, "dbmove.reads.ramp.pending", "{key}", "Keys of the read ramp that the source answered, because the target may not have the newest row yet.");
        _rampMissing = new TotalCounter(MigrationInstruments.Meter, "dbmove.reads.ramp.missing", "{key}", "Keys of the read ramp that the source answered, because the target has no such row.");
        _rampFailed = new TotalCounter(MigrationInstruments.Meter, "dbmove.reads.ramp.failed", "{key}", "Keys of the read ramp that the source answered, because the target failed or was too slow.");
        _shadow = MigrationInstruments.Meter.CreateCounter<long>("dbmove.shadow.reads", "{key}", "Keys whose reads were sampled to be repeated on the other side, by what became of them.");
        _statements = new TotalCounter(MigrationInstruments.Meter, "dbmove.adonet.statements", "{statement}", "Statements through the ADO.NET data source, by kind: read, write, dirty, authority_only, refused.");
        _writePause = MigrationInstruments.Meter.CreateHistogram(
            "dbmove.switch.pause", "s", "How long a switch held the exclusive fences.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });
        MigrationInstruments.Add(this);
    }

    /// <summary>The counters as they stand. Reads memory only.</summary>
    public MigrationTotals Totals => new(
        _writes.Total, _followerFailures.Total, _unknownOutcomes.Total, _cleared.Total, _repaired.Total, _alreadyConsistent.Total, _backfilled.Total,
        _compared.Total, _inconsistencies.Total, Volatile.Read(ref _lastPauseTicks) is >= 0 and long ticks ? TimeSpan.FromTicks(ticks) : null);

    /// <summary>What became of the read ramp's keys. Reads memory only.</summary>
    public RampFigures RampTotals => new(_fromTarget.Total, _rampPending.Total, _rampMissing.Total, _rampFailed.Total);

    /// <summary>The tag that every measurement has.</summary>
    public KeyValuePair<string, object?> Migration => _migration;

    /// <summary>The intents as last polled; null: not polled, or a stage without any.</summary>
    public IntentSummary? Intents => Volatile.Read(ref _intents);

    /// <summary>The events as last polled; null: not polled.</summary>
    public EventFigures? Events => Volatile.Read(ref _events);

    /// <summary>The stage as last polled.</summary>
    public StageSnapshot? Stage => Volatile.Read(ref _stage);

    /// <summary>For how long auto-promotion has seen the gate open, in seconds; null: it has not looked.</summary>
    public double? PromotionOpen => Volatile.Read(ref _promotionOpen) is >= 0 and double open ? open : null;

    /// <summary>The worse of both sides' breakers, as <see cref="Pool.BreakerState"/>; only a follower's can be open.</summary>
    public int Breaker => Math.Max(Volatile.Read(ref _breakers[0]), Volatile.Read(ref _breakers[1]));

    /// <summary>How a side's breaker stands now.</summary>
    public void BreakerSeen(Side side, Pool.BreakerState state) => Volatile.Write(ref _breakers[(int)side], (int)state);

    /// <summary>How many instances are alive and whether this one leads, as last seen; null: a stage without any.</summary>
    public Func<(int Alive, bool Leads)?>? Fleet { get; set; }

    /// <summary>What the poll has seen.</summary>
    public void Seen(StageSnapshot stage, IntentSummary? intents)
    {
        Volatile.Write(ref _stage, stage);
        Volatile.Write(ref _intents, intents);
    }

    /// <summary>What auto-promotion has counted.</summary>
    public void PromotionSeen(TimeSpan open) => Volatile.Write(ref _promotionOpen, open.TotalSeconds);

    /// <summary>How many events there are; null: nobody knows now.</summary>
    public void Seen(EventFigures? events) => Volatile.Write(ref _events, events);

    public void EventsPublished(int events) => _eventsPublished.Add(events, _migration);

    public void EventsRepublished(int events) => _eventsRepublished.Add(events, _migration);

    public void EventRedelivered() => _eventsRedelivered.Add(1, _migration);

    public void Write() => _writes.Add(1, _migration);

    public void FollowerFailure() => _followerFailures.Add(1, _migration);

    public void UnknownOutcome() => _unknownOutcomes.Add(1, _migration);

    public void Cleared(int intents) => _cleared.Add(intents, _migration);

    public void Repaired(int keys) => _repaired.Add(keys, _migration);

    public void AlreadyConsistent(int keys) => _alreadyConsistent.Add(keys, _migration);

    public void Backfilled(long rows, string entity) => _backfilled.Add(rows, _migration, new("dbmove.entity", entity));

    public void Compared(long rows, string entity) => _compared.Add(rows, _migration, new("dbmove.entity", entity));

    public void Inconsistency(string entity, string kind) => _inconsistencies.Add(1, _migration, new("dbmove.entity", entity), new("dbmove.kind", kind));

    public void RampPending(string entity, int keys) => AddKeys(_rampPending, entity, keys);

    public void Ramped(string entity, int served, int missing, int failed)
    {
        AddKeys(_fromTarget, entity, served);
        AddKeys(_rampMissing, entity, missing);
        AddKeys(_rampFailed, entity, failed);
    }

    public void Shadowed(string entity, ShadowCounts counts)
    {
        foreach ((string outcome, int keys) in (ReadOnlySpan<(string, int)>)
            [("sampled", counts.Sampled), ("matched", counts.Matched), ("mismatched", counts.Mismatched), ("undecided", counts.Undecided), ("dropped", counts.Dropped), ("failed", counts.Failed)])
        {
            if (keys > 0)
            {
                _shadow.Add(keys, _migration, new("dbmove.entity", entity), new("dbmove.outcome", outcome));
            }
        }
    }

    /// <summary>A statement through the ADO.NET data source; refused ones too.</summary>
    public void Statement(string kind) => _statements.Add(1, _migration, new("dbmove.kind", kind));

    public void SwitchPause(TimeSpan pause)
    {
        Volatile.Write(ref _lastPauseTicks, pause.Ticks);
        _writePause.Record(pause.TotalSeconds, _migration);
    }

    private void AddKeys(TotalCounter counter, string entity, int keys)
    {
        if (keys > 0)
        {
            counter.Add(keys, _migration, new("dbmove.entity", entity));
        }
    }

    public void Dispose() => MigrationInstruments.Remove(this);
}
