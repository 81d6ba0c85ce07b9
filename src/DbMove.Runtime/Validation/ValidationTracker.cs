namespace DbMove.Validation;

/// <summary>The figures of one entity in a pass, shared by the workers.</summary>
internal sealed class ValidationTracker(string entity)
{
    private readonly Lock _lock = new();
    private readonly long[] _kinds = new long[3];
    private long _compared;
    private long _undecided;

    public ValidationEntityReport Report
    {
        get
        {
            lock (_lock)
            {
                return new(
                    entity, _compared, _kinds[(int)InconsistencyKind.MissingInTarget], _kinds[(int)InconsistencyKind.Different],
                    _kinds[(int)InconsistencyKind.MissingInSource], _undecided);
            }
        }
    }

    public void Compared(long rows)
    {
        lock (_lock)
        {
            _compared += rows;
        }
    }

    public void Confirmed(InconsistencyKind kind)
    {
        lock (_lock)
        {
            _kinds[(int)kind]++;
        }
    }

    public void Undecided(long keys)
    {
        lock (_lock)
        {
            _undecided += keys;
        }
    }
}
