using System.Globalization;
using Quickstart.Scenario;
using Spectre.Console;

namespace Quickstart.Report;

/// <summary>The table at the end.</summary>
internal static class Summary
{
    private const int Shown = 10;

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
