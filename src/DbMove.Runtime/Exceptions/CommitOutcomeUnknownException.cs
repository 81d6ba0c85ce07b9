namespace DbMove;

/// <summary>
/// The connection was lost while the authority committed: the write is there or it is not. Nothing needs repair: if it
/// did commit, its intent brings the follower after it. Read the row before writing it again.
/// </summary>
/// <param name="side">The authority.</param>
/// <param name="innerException">What the driver said.</param>
public sealed class CommitOutcomeUnknownException(Side side, Exception innerException)
    : DbMoveException(
        $"The connection to the {side.ToWireName()} was lost while it committed, so the outcome is unknown. Read the row before you write it again; if the commit did happen, the follower receives it by itself.",
        innerException)
{
    /// <summary>The side whose commit has no known outcome.</summary>
    public Side Side { get; } = side;
}
