using System.Collections.Concurrent;
using System.Diagnostics;

namespace Quickstart.Traffic;

/// <summary>What writers and readers have done so far.</summary>
internal sealed class TrafficCounters
{
    private readonly Lock _switching = new();
    private readonly List<(long From, long Until)> _switches = [];
    private long _writes;
    private long _reads;
    private long _staleReads;
    private long _failedWrites;
    private long _longestPause;

    /// <summary>Acknowledged writes, those of an interrupted run included.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Reads from the former authority just after a switch, which DbMove allows for at most the poll interval.</summary>
    public long StaleReads => Interlocked.Read(ref _staleReads);

    /// <summary>Writes that were refused, with nothing committed; the writer goes on with another.</summary>
    public long FailedWrites => Interlocked.Read(ref _failedWrites);

    /// <summary>The longest that one write took, from call to answer, of those that were under way during a switch.</summary>
    public TimeSpan LongestWriteAcrossSwitch => TimeSpan.FromSeconds(Interlocked.Read(ref _longestPause) / (double)Stopwatch.Frequency);

    public ConcurrentDictionary<string, long> Operations { get; } = [];

    public void Start(long writes) => _writes = writes;

    public void CountRead() => Interlocked.Increment(ref _reads);

    public void CountStaleRead() => Interlocked.Increment(ref _staleReads);

    public void CountFailedWrite() => Interlocked.Increment(ref _failedWrites);

    public void CountWrite(string operation, long from, long until)
    {
        Interlocked.Increment(ref _writes);
        Operations.AddOrUpdate(operation, 1, static (_, count) => count + 1);
        if (OverlapsSwitch(from, until))
        {
            long longest = Interlocked.Read(ref _longestPause);
            while (until - from > longest)
            {
                long seen = Interlocked.CompareExchange(ref _longestPause, until - from, longest);
                if (seen == longest)
                {
                    break;
                }

                longest = seen;
            }
        }
    }

    /// <summary>A switch begins.</summary>
    public void BeginSwitch()
    {
        lock (_switching)
        {
            _switches.Add((Stopwatch.GetTimestamp(), long.MaxValue));
        }
    }

    /// <summary>The switch is over.</summary>
    public void EndSwitch()
    {
        lock (_switching)
        {
            _switches[^1] = _switches[^1] with { Until = Stopwatch.GetTimestamp() };
        }
    }

    /// <summary>Whether a switch was under way at some time between two moments.</summary>
    public bool OverlapsSwitch(long from, long until)
    {
        lock (_switching)
        {
            return _switches.Exists(each => each.From <= until && each.Until >= from);
        }
    }
}
