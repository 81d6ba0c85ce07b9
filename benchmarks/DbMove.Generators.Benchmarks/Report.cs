using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DbMove.Generators.Benchmarks;

/// <summary>The results as a page.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _lines = [];
    private readonly string _machine = Machine(TimeProvider.System.GetUtcNow());

    public static string Ratio(Timing part, Timing whole) => (part.Median / whole.Median).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Date, and machine with versions: ratios travel between machines, times do not.</summary>
    private static string Machine(DateTimeOffset date) => string.Create(
        CultureInfo.InvariantCulture,
        $"{date:yyyy-MM-dd} | {Environment.ProcessorCount} × {Processor()}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, Roslyn {typeof(Microsoft.CodeAnalysis.Compilation).Assembly.GetName().Version!.ToString(3)}");

    public void Add(string paragraph) => _text.Append(paragraph).Append("\n\n");

    public void Table(string[] head, string[][] rows)
    {
        Row(head);
        Row([.. head.Select(_ => "---")]);
        foreach (string[] row in rows)
        {
            Row(row);
        }

        _text.Append('\n');
    }

    /// <summary>One line of RESULTS.md, in which runs stand below one another.</summary>
    public void Line(string what, string ratio, string reach, string aim) => _lines.Add($"| {_machine} | {what} | {ratio} | {reach} | {aim} |");

    /// <summary>The lines of RESULTS.md.</summary>
    public string Lines() => string.Concat(_lines.Select(line => line + "\n"));

    /// <summary>What was added since the last time.</summary>
    public string Take()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private void Row(string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
