namespace DbMove;

/// <summary>One thing that a health check looked at.</summary>
/// <param name="Name">What, such as <c>source</c> or <c>intents</c>.</param>
/// <param name="Status">How it is.</param>
/// <param name="Detail">In words. With a <see cref="Failure"/> these are also the driver's words: for the log, not for strangers.</param>
public sealed record HealthEntry(string Name, HealthStatus Status, string Detail)
{
    /// <summary>What was thrown, when something was.</summary>
    public Exception? Failure { get; init; }
}
