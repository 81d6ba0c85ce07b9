using DbMove.Control;

namespace DbMove.Scheduling;

/// <summary>
/// For how long one stage's gate has been seen open. Counts from the end of the first look to the beginning of the last
/// one, by the clock that nobody sets; a gap in it, or in the clock on the wall (a machine that was suspended), ends it.
/// </summary>
internal sealed class OpenTime(TimeProvider time, TimeSpan longestGap)
{
    private StageSnapshot? _stage;
    private Moment _since;
    private Moment _seen;

    /// <summary>The time now.</summary>
    public Moment Now => Moment.Now(time);

    /// <summary>For how long the gate has been open up to a moment; null: the time does not run.</summary>
    public TimeSpan? UpTo(Moment moment) => _stage is null ? null : time.GetElapsedTime(_since.Timestamp, moment.Timestamp);

    /// <summary>Since when, a timestamp; null: the time does not run.</summary>
    public long? Since => _stage is null ? null : _since.Timestamp;

    /// <summary>Counts a look that found the gate open. Returns why the time does not go on from before; null: it does, or is begun for the first time.</summary>
    public string? Add(StageSnapshot stage, Moment began, Moment ended)
    {
        if (Gap(began, ended) is { } slow && slow > longestGap)
        {
            // What this look saw may be as old as it took.
            _stage = null;
            return FormattableString.Invariant($"a look at the gate took {slow.TotalSeconds:0.#} s");
        }

        string? broken = _stage is not { } counted ? null
            : !counted.IsSameAssignment(stage) ? "the stage has moved"
            : Gap(_seen, began) is { } gap && gap > longestGap ? FormattableString.Invariant($"nobody looked at the gate for {gap.TotalSeconds:0.#} s")
            : null;
        if (_stage is null || broken is not null)
        {
            (_stage, _since) = (stage, ended);
        }

        _seen = ended;
        return broken;
    }

    /// <summary>Why the last look is too old to act on; null: it is not.</summary>
    public string? FindStale() =>
        Gap(_seen, Now) is { } gap && gap > longestGap ? FormattableString.Invariant($"the last look at the gate is {gap.TotalSeconds:0.#} s old") : null;

    /// <summary>Ends the time.</summary>
    public void Stop() => _stage = null;

    private TimeSpan Gap(Moment from, Moment to) => from.GapTo(to, time);
}
