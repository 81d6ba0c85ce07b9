using DbMove.Dialects;

namespace DbMove;

/// <summary>
/// With <see cref="FollowerFailure.FailWrite"/>: the follower refused the write, so it was rolled back on both sides
/// before anything was committed.
/// </summary>
/// <param name="side">The follower.</param>
/// <param name="kind">What the failure means.</param>
/// <param name="innerException">What the driver said.</param>
public sealed class FollowerWriteException(Side side, FailureKind kind, Exception innerException)
    : DbMoveException(
        $"The follower ({side.ToWireName()}) refused the write ({kind}), and strict mode (FollowerFailure.FailWrite) rolled it back on both sides: {innerException.Message}",
        innerException)
{
    /// <summary>The follower.</summary>
    public Side Side { get; } = side;

    /// <summary>What the failure means.</summary>
    public FailureKind Kind { get; } = kind;
}
