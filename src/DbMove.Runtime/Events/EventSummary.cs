namespace DbMove;

/// <summary>The events of a migration that are not dealt with.</summary>
/// <param name="Open">How many there are: waiting, delivered and dead.</param>
/// <param name="Dead">How many of them are dead, counted up to <see cref="DeadLimit"/>.</param>
public sealed record EventSummary(long Open, int Dead)
{
    /// <summary>How far dead events are counted: 100.</summary>
    public const int DeadLimit = 100;
}
