using System.Diagnostics;
using System.Globalization;
using DbMove;
using Quickstart.Scenario;
using Quickstart.Seeding;
using Quickstart.Traffic;

namespace Quickstart.Report;

/// <summary>What the display shows, taken at one moment.</summary>
internal sealed class ProgressFigures(Migration migration, TrafficCounters counters, StepLog log, SeededShop shop)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly long _rows = shop.Customers + shop.Orders + (long)(shop.Orders * 1.6);
    private (long Began, long Compared) _pass;
    private (long At, long Writes) _lastWrites;

    /// <summary>Name and value, in the order in which they are shown.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> TakeAsync(CancellationToken cancellationToken)
    {
        (string rate, string left) = Work();
        return
        [
            ("time", Text($"{Stopwatch.GetElapsedTime(_began).TotalSeconds:0} s")),
            ("stage", migration.Stage.ToWireName()),
            ("step", log.WaitingFor.Length == 0 ? log.Current : $"{log.Current}, waiting: {log.WaitingFor}"),
            ("rows/s", rate),
            ("eta", left),
            ("open intents", await OpenIntentsAsync(cancellationToken)),
            ("writes", Text($"{counters.Writes:N0} ({WriteRate():N0}/s)")),
            ("reads", Text($"{counters.Reads:N0}")),
        ];
    }

    /// <summary>Speed of the step and what it has yet to do.</summary>
    private (string Rate, string Left) Work()
    {
        if (log.Current == "backfill" && migration.Backfill.Progress is { State: BackfillState.Running } backfill)
        {
            return (Text($"{backfill.RowsPerSecond:N0}"), backfill.Remaining is { } remaining ? Text($"{remaining.TotalSeconds:0} s") : "…");
        }

        ValidationProgress validation = migration.Validation.Progress;
        if (!validation.IsRunning)
        {
            _pass = default;
            return ("-", "-");
        }

        long now = Stopwatch.GetTimestamp();
        long compared = validation.Entities.Sum(entity => entity.RowsCompared);
        if (_pass.Began == 0 || compared < _pass.Compared)
        {
            // Another pass than the last time.
            _pass.Began = now;
        }

        _pass.Compared = compared;
        double rate = compared / Stopwatch.GetElapsedTime(_pass.Began, now).TotalSeconds;
        return now > _pass.Began && rate > 0 ? (Text($"{rate:N0}"), Text($"{Math.Max(0, _rows - compared) / rate:0} s")) : ("…", "…");
    }

    private double WriteRate()
    {
        (long at, long writes) = _lastWrites;
        _lastWrites = (Stopwatch.GetTimestamp(), counters.Writes);
        return at == 0 ? 0 : (_lastWrites.Writes - writes) / Stopwatch.GetElapsedTime(at).TotalSeconds;
    }

    private async Task<string> OpenIntentsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await migration.GetStatusAsync(cancellationToken)).Intents is { } intents ? Text($"{intents.Open:N0}") : "-";
        }
        catch (DbMoveException)
        {
            return "?";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
