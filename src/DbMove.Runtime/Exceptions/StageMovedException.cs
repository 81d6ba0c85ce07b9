namespace DbMove;

/// <summary>
/// A transaction was begun before the migration's first switch, without a fence, and the migration has reached dual writing
/// since. It was rolled back and nothing was committed: begin it again.
/// </summary>
/// <param name="from">The stage in which it was begun.</param>
/// <param name="to">The stage now.</param>
public sealed class StageMovedException(Stage from, Stage to)
    : DbMoveException($"The transaction was begun in stage {from.ToWireName()}, and the migration has moved on to {to.ToWireName()} since. Nothing was committed; begin it again.")
{
    /// <summary>The stage in which the transaction was begun.</summary>
    public Stage From { get; } = from;

    /// <summary>The stage now.</summary>
    public Stage To { get; } = to;
}
