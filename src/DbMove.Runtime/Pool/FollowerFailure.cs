namespace DbMove;

/// <summary>What a failing follower does to a write in a dual stage.</summary>
public enum FollowerFailure
{
    /// <summary>The write succeeds on the authority; its intent stays and the follower converges later.</summary>
    KeepIntent,

    /// <summary>
    /// Strict: the write is rolled back on both sides before anything is committed, and throws. A write that moves unique values from
    /// row to row (<c>SET position = position + 1</c>) may be refused each time: the follower gets its rows in the order of the
    /// keys, and only the repair, which follows <see cref="KeepIntent"/>, sets such values aside.
    /// </summary>
    FailWrite,
}
