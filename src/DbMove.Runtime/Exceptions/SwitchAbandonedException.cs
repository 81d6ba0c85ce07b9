namespace DbMove;

/// <summary>
/// A switch gave up before its commit point: it released its fences and the stage is what it was. Nothing was lost; try again.
/// </summary>
/// <param name="from">The stage, unchanged.</param>
/// <param name="to">The stage asked for.</param>
/// <param name="message">Why.</param>
/// <param name="innerException">What the driver said, if anything.</param>
public sealed class SwitchAbandonedException(Stage from, Stage to, string message, Exception? innerException = null)
    : DbMoveException(message, innerException)
{
    /// <summary>The stage, unchanged.</summary>
    public Stage From { get; } = from;

    /// <summary>The stage asked for.</summary>
    public Stage To { get; } = to;
}
