namespace DbMove;

/// <summary>There is no such step: a stage was skipped, is final, or (<see cref="EpochMovedException"/>) the epoch has moved on. Nothing was changed.</summary>
/// <param name="from">The stage now.</param>
/// <param name="to">The stage asked for.</param>
/// <param name="message">Why, and the remedy.</param>
public class StageTransitionException(Stage from, Stage to, string message)
    : DbMoveException(message)
{
    /// <summary>The stage now.</summary>
    public Stage From { get; } = from;

    /// <summary>The stage asked for.</summary>
    public Stage To { get; } = to;
}
