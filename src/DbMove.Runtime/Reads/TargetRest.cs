namespace DbMove.Reads;

/// <summary>
/// Spares reads a target that fails: it rests after a failure, twice as long after each further one, and then one read at a
/// time tries it until one succeeds. So a target that is slow or away costs a few reads their time, and the others nothing.
/// </summary>
internal sealed class TargetRest(TimeProvider time)
{
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _failures;
    private long _failedAt;
    private bool _isTried;

    /// <summary>Whether the last read failed.</summary>
    public bool IsFailing => Volatile.Read(ref _failures) > 0;

    /// <summary>Asks for a read of the target; who is let in calls <see cref="Leave"/> with what came of it.</summary>
    public bool TryEnter()
    {
        if (!IsFailing)
        {
            return true;
        }

        lock (_lock)
        {
            if (_failures > 0 && (_isTried || time.GetElapsedTime(_failedAt) < Length))
            {
                return false;
            }

            return _isTried = true;
        }
    }

    /// <param name="isGood">Whether the target answered; null: the reader gave up, which says nothing.</param>
    /// <returns>Whether this was the first failure of an outage, or the success that ended one.</returns>
    public bool Leave(bool? isGood)
    {
        if (isGood == true && !IsFailing)
        {
            return false;
        }

        lock (_lock)
        {
            _isTried = false;
            (int before, _failures) = (_failures, isGood switch { true => 0, false => _failures + 1, null => _failures });
            if (isGood == false)
            {
                _failedAt = time.GetTimestamp();
            }

            return (before == 0) != (_failures == 0);
        }
    }

    private TimeSpan Length => TimeSpan.FromTicks(Math.Min(s_longest.Ticks, s_first.Ticks << Math.Min(_failures - 1, 10)));
}
