namespace DbMove;

/// <summary>The next auto-promotion, as this process counts; another process may be ahead.</summary>
/// <param name="To">The stage it leads to.</param>
/// <param name="State">Whether its time runs.</param>
/// <param name="OpenFor">For how long the gate must be open.</param>
/// <param name="HasBeenOpenFor">For how long it has been; null while the time does not run.</param>
/// <param name="PromotesAt">When it is due if nothing comes in between; null while the time does not run.</param>
/// <param name="Detail">What it waits for, in words.</param>
public sealed record AutoPromotionStatus(
    Stage To, AutoPromotionState State, TimeSpan OpenFor, TimeSpan? HasBeenOpenFor, DateTimeOffset? PromotesAt, string Detail);
