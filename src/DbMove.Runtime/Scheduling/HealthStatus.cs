namespace DbMove;

/// <summary>How something is.</summary>
public enum HealthStatus
{
    /// <summary>As it should be.</summary>
    Healthy,

    /// <summary>Service goes on, but someone should look: the follower is away, intents are old or parked, a background loop failed.</summary>
    Degraded,

    /// <summary>Reads or writes fail: the authority is away or the stage cannot be told.</summary>
    Unhealthy,
}
