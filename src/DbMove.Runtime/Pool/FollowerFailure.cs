namespace DbMove;

/// <summary>What a failing follower does to a write in a dual stage.</summary>
public enum FollowerFailure
{
    /// <summary>The write succeeds on the authority; its intent stays and the follower converges later.</summary>
    KeepIntent,

    /// <summary>Strict: the write is rolled back on both sides before anything is committed, and throws.</summary>
    FailWrite,
}
