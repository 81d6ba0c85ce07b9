namespace DbMove;

/// <summary>How the instances of a service know of each other, and which of them does what one does for all.</summary>
public sealed class FleetOptions
{
    /// <summary>
    /// What this instance is called in status, gate and log. Default null: machine name and process id. Up to 200 letters;
    /// it need not be unique. Anybody who may see the status sees it.
    /// </summary>
    public string? Label { get; set; }

    /// <summary>
    /// How long an instance counts as alive after its last sign of life; it gives one at least three times as often. Default
    /// null: 15 s, or the poll interval where that is longer. From 3 s, or the poll interval, to 1 h. The gate waits that long
    /// for an instance that has died or is frozen; the fence keeps such a one from writing, however late it wakes.
    /// </summary>
    public TimeSpan? Expiry { get; set; }

    /// <summary>
    /// How long an instance leads after it was last confirmed, which it is at least three times as often. Default 6 s; 1 s to 10 min.
    /// That long, after the leader has died, nobody verifies or promotes by itself; left intents are repaired by the others.
    /// </summary>
    public TimeSpan LeaderLease { get; set; } = TimeSpan.FromSeconds(6);

    internal TimeSpan ExpiryWith(TimeSpan pollInterval) =>
        Expiry ?? (pollInterval > TimeSpan.FromSeconds(15) ? pollInterval : TimeSpan.FromSeconds(15));
}
