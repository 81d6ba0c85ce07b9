namespace DbMove;

/// <summary>A key that could not be repaired.</summary>
/// <param name="Entity">The entity's wire name.</param>
/// <param name="Key">The key's text.</param>
/// <param name="Reason">What the follower said.</param>
public sealed record RepairFailure(string Entity, string Key, string Reason);
