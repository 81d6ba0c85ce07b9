namespace DbMove.Control;

/// <summary>
/// A moment by both clocks. Timestamps are of the clock that nobody sets, and it stands still while a machine is suspended;
/// the clock on the wall goes on, and is set.
/// </summary>
/// <param name="Timestamp">Of the <see cref="TimeProvider"/>.</param>
/// <param name="Utc">On the wall.</param>
internal readonly record struct Moment(long Timestamp, DateTimeOffset Utc)
{
    public static Moment Now(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    /// <summary>How far another moment is by the clock that says more: what must not be old is not trusted when either says that it is.</summary>
    public TimeSpan GapTo(Moment later, TimeProvider time)
    {
        TimeSpan elapsed = time.GetElapsedTime(Timestamp, later.Timestamp);
        TimeSpan onTheWall = (later.Utc - Utc).Duration();
        return elapsed > onTheWall ? elapsed : onTheWall;
    }

    /// <summary>How old it is, by the clock that says more.</summary>
    public TimeSpan Age(TimeProvider time) => GapTo(Now(time), time);
}
