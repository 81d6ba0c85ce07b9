namespace DbMove.Chaos.Scenario;

/// <summary>
/// A time in which rows legitimately came to differ without an intent: a single-sided stage, or a backfill with which deletes
/// raced. Differences of rows that were written in it are real until a clean pass after it.
/// </summary>
/// <param name="Began">Milliseconds since 1970 UTC.</param>
internal sealed record ExcusedTime(long Began)
{
    public long Ended { get; set; } = long.MaxValue;

    /// <summary>When a full pass begun after it was clean.</summary>
    public long HealedAt { get; set; } = long.MaxValue;
}
