using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DbMove.Telemetry;

/// <summary>
/// The meter <c>DbMove</c> and its gauges, one for the process. With a meter for each migration, the one that is disposed
/// first takes the instruments of all others with it: exporters know instruments by the names of meter and instrument.
/// </summary>
internal static class MigrationInstruments
{
    // The process's gauges ask these; a migration leaves when it is disposed.
    private static readonly ConcurrentDictionary<MigrationMetrics, bool> s_living = [];

    static MigrationInstruments()
    {
        Meter = new Meter("DbMove");
        Meter.CreateObservableGauge("dbmove.events.open", () => Measure(each => each.Events?.Open), "{event}", "Events that are not dealt with, as last polled.");
        Meter.CreateObservableGauge("dbmove.events.dead", () => Measure(each => each.Events?.Dead), "{event}", "Dead events, as last polled: each needs a person.");
        Meter.CreateObservableGauge("dbmove.intents.open", () => Measure(each => each.Intents?.Open), "{intent}", "Open intents on the authority, as last polled.");
        Meter.CreateObservableGauge("dbmove.intents.oldest_age", () => Measure(each => each.Intents?.OldestAge.TotalSeconds), "s", "Age of the oldest open intent, as last polled.");
        Meter.CreateObservableGauge("dbmove.intents.parked", () => Measure(each => each.Intents?.Parked), "{intent}", "Parked intents: each needs a person.");
        Meter.CreateObservableGauge("dbmove.follower.breaker", () => Measure(each => (int?)each.Breaker), null, "The follower's circuit breaker: 0 closed, 1 a probe is under way, 2 open.");
        Meter.CreateObservableGauge("dbmove.stage", () => Measure(each => (int?)each.Stage?.Stage), null, "The stage's number: 0 initial, 1 src_only, 2 src_first, 3 dst_first, 4 dst_only, 5 completed.");
        Meter.CreateObservableGauge("dbmove.epoch", () => Measure(each => each.Stage?.Epoch), null, "The epoch, as last polled.");
        Meter.CreateObservableGauge("dbmove.instances.alive", () => Measure(each => each.Fleet?.Invoke()?.Alive), "{instance}", "Instances that are alive, as this one last saw.");
        Meter.CreateObservableGauge("dbmove.instances.leader", () => Measure(each => each.Fleet?.Invoke() is { } fleet ? (fleet.Leads ? 1 : 0) : (int?)null), null, "1 in the instance that leads, 0 in the others.");
        Meter.CreateObservableGauge("dbmove.promotion.open_time", () => Measure(each => each.PromotionOpen), "s", "For how long auto-promotion has seen the gate open; 0 while its time does not run.");
    }

    /// <summary>The meter; asked twice for a counter, it gives the same.</summary>
    public static Meter Meter { get; }

    public static void Add(MigrationMetrics metrics) => s_living.TryAdd(metrics, true);

    public static void Remove(MigrationMetrics metrics) => s_living.TryRemove(metrics, out _);

    private static List<Measurement<T>> Measure<T>(Func<MigrationMetrics, T?> read)
        where T : struct
    {
        List<Measurement<T>> measured = [];
        foreach (MigrationMetrics each in s_living.Keys)
        {
            if (read(each) is { } known)
            {
                measured.Add(new Measurement<T>(known, each.Migration));
            }
        }

        return measured;
    }
}
