using DbMove.Dialects;

namespace DbMove;

/// <summary>A write failed on the authority; the transaction was rolled back and nothing was committed on either side.</summary>
/// <param name="side">The authority.</param>
/// <param name="entity">The entity's wire name; empty when the commit itself failed.</param>
/// <param name="kind">What the failure means.</param>
/// <param name="innerException">What the driver said.</param>
public sealed class WriteFailedException(Side side, string entity, FailureKind kind, Exception innerException)
    : DbMoveException(
        $"The write{(entity.Length == 0 ? string.Empty : $" of '{entity}'")} failed on the {side.ToWireName()} ({kind}) and nothing was committed: {innerException.Message}",
        innerException)
{
    /// <summary>The side that refused the write.</summary>
    public Side Side { get; } = side;

    /// <summary>The entity's wire name; empty when the commit itself failed.</summary>
    public string Entity { get; } = entity;

    /// <summary>What the failure means; only <see cref="FailureKind.Transient"/> and <see cref="FailureKind.Availability"/> are worth another try.</summary>
    public FailureKind Kind { get; } = kind;
}
