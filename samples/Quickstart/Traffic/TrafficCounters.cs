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
    private long _longestAcross;
    private long _longestElsewhere;

    /// <summary>Acknowledged writes, those of an interrupted run included.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    public long Reads => Interlocked.Read(ref _reads);

    /// <summary>Reads from the former authority just after a switch, which DbMove allows for at most the poll interval.</summary>
    public long StaleReads => Interlocked.Read(ref _staleReads);

    /// <summary>Writes that were refused, with nothing committed; the writer goes on with another.</summary>
    public long FailedWrites => Interlocked.Read(ref _failedWrites);

    /// <summary>The longest that one write took, from call to answer, of those that were under way during a switch.</summary>
    public TimeSpan LongestWriteAcrossSwitch => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _longestAcross));

    /// <summary>The longest that one write took while nothing was switched: to compare with.</summary>
    public TimeSpan LongestWriteElsewhere => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _longestElsewhere));

    public ConcurrentDictionary<string, long> Operations { get; } = [];

    public void Start(long writes) => _writes = writes;

    public void CountRead() => Interlocked.Increment(ref _reads);

    public void CountStaleRead() => Interlocked.Increment(ref _staleReads);

    public void CountFailedWrite() => Interlocked.Increment(ref _failedWrites);

    public void CountWrite(string operation, long from, long until)
    {
        Interlocked.Increment(ref _writes);
        Operations.AddOrUpdate(operation, 1, static (_, count) => count + 1);
        Raise(ref OverlapsSwitch(from, until) ? ref _longestAcross : ref _longestElsewhere, until - from);
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

    private static void Raise(ref long greatest, long value)
    {
        long seen = Interlocked.Read(ref greatest);
        while (value > seen)
        {
            long before = Interlocked.CompareExchange(ref greatest, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
