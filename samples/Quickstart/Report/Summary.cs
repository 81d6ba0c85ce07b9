using System.Globalization;
using Quickstart.Scenario;
using Quickstart.Traffic;
using Spectre.Console;

namespace Quickstart.Report;

/// <summary>The table at the end.</summary>
internal static class Summary
{
    private const int Shown = 10;

    /// <summary>What the writers and readers of this process did.</summary>
    public static void AddTraffic(StepLog log, TrafficCounters counters)
    {
        log.Begin("writers");
        log.End(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", counters.Operations.OrderByDescending(each => each.Value).Select(each => $"{each.Value} {each.Key}"))}; {counters.FailedWrites} turned away and repeated; longest {counters.LongestWriteAcrossSwitch.TotalMilliseconds:0} ms across a switch, {counters.LongestWriteElsewhere.TotalMilliseconds:0} ms elsewhere"));
        log.Begin("readers");
        log.End(string.Create(CultureInfo.InvariantCulture, $"{counters.Reads:N0} reads checked; {counters.StaleReads} from the former authority just after a switch"));
    }

    public static void Write(RunResult result, StepLog log)
    {
        Table table = new Table { Border = AnsiConsole.Profile.Capabilities.Interactive ? TableBorder.Rounded : TableBorder.Ascii }
            .AddColumn("step").AddColumn(new TableColumn("seconds").RightAligned()).AddColumn("result");
        foreach ((string name, TimeSpan duration, string outcome) in log.Steps)
        {
            table.AddRow(Markup.Escape(name), duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), Markup.Escape(outcome));
        }

        AnsiConsole.Write(table);
        foreach (string line in result.Wrong.Take(Shown))
        {
            Console.Out.WriteLine("WRONG: " + line);
        }

        if (result.Wrong.Count > Shown)
        {
            Console.Out.WriteLine($"… and {result.Wrong.Count - Shown} more");
        }
    }
}
