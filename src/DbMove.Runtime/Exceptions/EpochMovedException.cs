namespace DbMove;

/// <summary>
/// The epoch has moved on: it is not the one that the caller expected, or another switch was faster. Nothing was changed
/// by this switch.
/// </summary>
/// <param name="from">The stage now.</param>
/// <param name="to">The stage asked for; the same as now when the other switch did what was asked.</param>
/// <param name="epoch">The epoch now.</param>
/// <param name="message">Why, and the remedy.</param>
public sealed class EpochMovedException(Stage from, Stage to, long epoch, string message)
    : StageTransitionException(from, to, message)
{
    /// <summary>The epoch now.</summary>
    public long Epoch { get; } = epoch;
}
