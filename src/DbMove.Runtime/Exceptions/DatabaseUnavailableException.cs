namespace DbMove;

/// <summary>A side could not be reached or did not answer in time. Nothing of the operation was committed.</summary>
/// <param name="side">The side.</param>
/// <param name="message">What was tried and the remedy.</param>
/// <param name="innerException">What the driver said.</param>
public sealed class DatabaseUnavailableException(Side side, string message, Exception? innerException)
    : DbMoveException(message, innerException)
{
    /// <summary>The side that was out of reach.</summary>
    public Side Side { get; } = side;
}
