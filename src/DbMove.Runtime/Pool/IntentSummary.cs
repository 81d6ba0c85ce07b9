namespace DbMove;

/// <summary>The open intents of a migration on its authority.</summary>
/// <param name="Open">How many there are, parked ones included.</param>
/// <param name="OldestAge">How old the oldest is.</param>
/// <param name="Parked">How many are parked: they failed too often and need a person.</param>
public sealed record IntentSummary(long Open, TimeSpan OldestAge, long Parked);
