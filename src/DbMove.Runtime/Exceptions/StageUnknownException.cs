namespace DbMove;

/// <summary>
/// The migration's stage cannot be told: a control row is prepared and the other side is out of reach, the sides
/// contradict each other, or the stage could not be refreshed. Reads and writes are refused until it can be told.
/// </summary>
/// <param name="migration">The migration's name.</param>
/// <param name="message">Why, and the remedy.</param>
/// <param name="innerException">What the driver said, if anything.</param>
public sealed class StageUnknownException(string migration, string message, Exception? innerException = null)
    : DbMoveException(message, innerException)
{
    /// <summary>The migration's name.</summary>
    public string Migration { get; } = migration;
}
