using System.Diagnostics.Metrics;
using DbMove.Runtime.Tests.Setup;
using DbMove.Telemetry;

namespace DbMove.Runtime.Tests.Telemetry;

/// <summary>One meter for all migrations of a process.</summary>
[Collection(TracingCollection.Name)]
public sealed class MetricsTests
{
    [Fact]
    public void A_migration_that_is_disposed_takes_no_other_one_with_it()
    {
        List<string> seen = [];
        int completed = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "DbMove")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.MeasurementsCompleted = (_, _) => completed++;
        listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => seen.Add($"{instrument.Name} {count} {tags[0].Key}={tags[0].Value}"));
        listener.SetMeasurementEventCallback<double>((instrument, count, tags, _) => seen.Add(FormattableString.Invariant($"{instrument.Name} {count} {tags[0].Key}={tags[0].Value}")));
        listener.Start();
        using MigrationMetrics one = new("one");
        using MigrationMetrics two = new("two");
        one.PromotionSeen(TimeSpan.FromSeconds(3));
        two.PromotionSeen(TimeSpan.FromSeconds(4));

        one.Dispose();
        two.Write();
        listener.RecordObservableInstruments();

        Assert.Equal(0, completed);
        Assert.Equal(["dbmove.writes 1 dbmove.migration=two", "dbmove.promotion.open_time 4 dbmove.migration=two"], seen);
    }

    [Fact]
    public void A_pause_is_measured_in_seconds()
    {
        List<double> seen = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Name: "dbmove.switch.pause", Unit: "s" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, pause, _, _) => seen.Add(pause));
        listener.Start();
        using MigrationMetrics metrics = new("shop");

        metrics.SwitchPause(TimeSpan.FromMilliseconds(12));

        Assert.Equal([0.012], seen);
    }
}
