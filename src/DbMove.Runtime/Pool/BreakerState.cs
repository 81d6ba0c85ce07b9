namespace DbMove.Pool;

/// <summary>How a follower's breaker stands. The numbers are those of the metric <c>dbmove.follower.breaker</c>.</summary>
internal enum BreakerState
{
    /// <summary>Writes go to the follower.</summary>
    Closed = 0,

    /// <summary>A probe is under way; writes spend nothing on the follower.</summary>
    HalfOpen = 1,

    /// <summary>Writes spend nothing on the follower.</summary>
    Open = 2,
}
