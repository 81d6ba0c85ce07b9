namespace DbMove;

/// <summary>One thing that a health check looked at.</summary>
/// <param name="Name">What, such as <c>source</c> or <c>intents</c>.</param>
/// <param name="Status">How it is.</param>
/// <param name="Detail">In words.</param>
public sealed record HealthEntry(string Name, HealthStatus Status, string Detail);
