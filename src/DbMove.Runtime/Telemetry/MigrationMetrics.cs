using System.Diagnostics.Metrics;

namespace DbMove.Telemetry;

/// <summary>The instruments of one migration, in the meter <c>DbMove</c>, each tagged with the migration's name.</summary>
internal sealed class MigrationMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly KeyValuePair<string, object?> _migration;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _followerFailures;
    private readonly Counter<long> _unknownOutcomes;
    private readonly Counter<long> _cleared;
    private readonly Counter<long> _repaired;
    private readonly Counter<long> _alreadyConsistent;
    private readonly Counter<long> _backfilled;
    private readonly Counter<long> _compared;
    private readonly Counter<long> _inconsistencies;
    private readonly Histogram<double> _writePause;

    public MigrationMetrics(string migration)
    {
        _meter = new Meter("DbMove");
        _migration = new("dbmove.migration", migration);
        _writes = _meter.CreateCounter<long>("dbmove.writes", "{transaction}", "Transactions that the authority committed.");
        _followerFailures = _meter.CreateCounter<long>("dbmove.follower.failures", "{transaction}", "Committed transactions whose rows the follower did not take at once; their intents stay.");
        _unknownOutcomes = _meter.CreateCounter<long>("dbmove.commits.unknown", "{transaction}", "Commits on the authority whose outcome is unknown.");
        _cleared = _meter.CreateCounter<long>("dbmove.intents.cleared", "{intent}", "Intents cleared after both sides had committed.");
        _repaired = _meter.CreateCounter<long>("dbmove.repair.keys", "{key}", "Keys that a repair changed on the follower.");
        _alreadyConsistent = _meter.CreateCounter<long>("dbmove.repair.already_consistent", "{key}", "Keys that a repair found equal.");
        _backfilled = _meter.CreateCounter<long>("dbmove.backfill.rows", "{row}", "Rows that the backfill inserted on the target.");
        _compared = _meter.CreateCounter<long>("dbmove.validation.rows", "{row}", "Rows compared by validation.");
        _inconsistencies = _meter.CreateCounter<long>("dbmove.validation.inconsistencies", "{key}", "Confirmed inconsistencies.");
        _writePause = _meter.CreateHistogram<double>("dbmove.switch.pause", "ms", "How long a switch held the exclusive fences.");
    }

    public void Write() => _writes.Add(1, _migration);

    public void FollowerFailure() => _followerFailures.Add(1, _migration);

    public void UnknownOutcome() => _unknownOutcomes.Add(1, _migration);

    public void Cleared(int intents) => _cleared.Add(intents, _migration);

    public void Repaired(int keys) => _repaired.Add(keys, _migration);

    public void AlreadyConsistent(int keys) => _alreadyConsistent.Add(keys, _migration);

    public void Backfilled(long rows, string entity) => _backfilled.Add(rows, _migration, new("dbmove.entity", entity));

    public void Compared(long rows, string entity) => _compared.Add(rows, _migration, new("dbmove.entity", entity));

    public void Inconsistency(string entity, string kind) => _inconsistencies.Add(1, _migration, new("dbmove.entity", entity), new("dbmove.kind", kind));

    public void SwitchPause(TimeSpan pause) => _writePause.Record(pause.TotalMilliseconds, _migration);

    public void Dispose() => _meter.Dispose();
}
