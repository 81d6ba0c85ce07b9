namespace DbMove;

/// <summary>When a write in a dual stage counts as done. Either way it is never lost once it is.</summary>
public enum Acknowledge
{
    /// <summary>When the follower has committed too, or was given up.</summary>
    AfterFollower,

    /// <summary>
    /// When the authority has committed. The follower has the rows by then, uncommitted, and its commit goes on in the background:
    /// a read of the follower right afterwards may not see the write yet.
    /// </summary>
    AfterAuthority,
}
