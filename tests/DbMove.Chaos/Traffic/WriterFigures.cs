using DbMove.Chaos.Ledger;

namespace DbMove.Chaos.Traffic;

/// <summary>What the writers of a process have done, and how long each write took.</summary>
internal sealed class WriterFigures
{
    private readonly Lock _lock = new();
    private readonly long[] _outcomes = new long[3];
    private List<double> _milliseconds = [];

    /// <summary>Whether durations are kept: in a long run they would be the memory that is measured.</summary>
    public bool KeepsDurations { get; init; }

    public void Count(Outcome outcome, TimeSpan duration)
    {
        lock (_lock)
        {
            _outcomes[(int)outcome]++;
            if (KeepsDurations)
            {
                _milliseconds.Add(duration.TotalMilliseconds);
            }
        }
    }

    public long Of(Outcome outcome)
    {
        lock (_lock)
        {
            return _outcomes[(int)outcome];
        }
    }

    /// <summary>The durations since the last call, sorted.</summary>
    public List<double> TakeDurations()
    {
        lock (_lock)
        {
            List<double> taken = _milliseconds;
            _milliseconds = [];
            taken.Sort();
            return taken;
        }
    }
}
