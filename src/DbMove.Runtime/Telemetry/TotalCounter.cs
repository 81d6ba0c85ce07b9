using System.Diagnostics.Metrics;

namespace DbMove.Telemetry;

/// <summary>A counter that also keeps its total: an instrument without a listener counts nothing. Allocates nothing.</summary>
internal sealed class TotalCounter(Meter meter, string name, string unit, string description)
{
    private readonly Counter<long> _counter = meter.CreateCounter<long>(name, unit, description);
    private long _total;

    public long Total => Volatile.Read(ref _total);

    public void Add(long count, KeyValuePair<string, object?> tag)
    {
        Interlocked.Add(ref _total, count);
        _counter.Add(count, tag);
    }

    public void Add(long count, KeyValuePair<string, object?> tag1, KeyValuePair<string, object?> tag2)
    {
        Interlocked.Add(ref _total, count);
        _counter.Add(count, tag1, tag2);
    }

    public void Add(long count, KeyValuePair<string, object?> tag1, KeyValuePair<string, object?> tag2, KeyValuePair<string, object?> tag3)
    {
        Interlocked.Add(ref _total, count);
        _counter.Add(count, tag1, tag2, tag3);
    }
}
