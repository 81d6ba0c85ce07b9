using System.Diagnostics;
using System.Globalization;

namespace DbMove.Chaos.Scenario;

/// <summary>What a run says, each line with the time since its beginning.</summary>
internal sealed class Journal
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();

    public void Say(string line)
    {
        lock (_lock)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {_clock.Elapsed.TotalSeconds,7:0.0}  {line}"));
        }
    }
}
