namespace DbMove;

/// <summary>
/// When a follower counts as away, so that writes stop asking it. Only its availability counts: it is out of reach or does
/// not answer within <see cref="MigrationOptions.FollowerTimeout"/>. What it refuses for its data is an answer.
/// </summary>
/// <remarks>
/// While the breaker is open, writes leave their intents and spend nothing on the follower; with
/// <see cref="FollowerFailure.FailWrite"/> they fail at once instead. One probe at a time, in the background, does what the
/// last write without an answer wanted to do, and rolls it back; once it is answered the breaker closes and repair begins.
/// By default a write that waited in vain, while the follower answered no other write either, is enough to open it.
/// </remarks>
public sealed class BreakerOptions
{
    /// <summary>So many failures without an answer between them open the breaker. Default 3; 1 to 1,000.</summary>
    public int FailuresInARow { get; set; } = 3;

    /// <summary>Which share of the writes within <see cref="SamplingDuration"/> must fail to open it. Default 0.5; above 0, at most 1.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>How many writes there must be within <see cref="SamplingDuration"/> before their share counts. Default 10; 2 to 100,000.</summary>
    public int MinimumThroughput { get; set; } = 10;

    /// <summary>
    /// For how long a write counts. Default 10 s; 500 ms to 10 min. Taken as twice <see cref="MigrationOptions.FollowerTimeout"/> where
    /// that is longer: a failure must not be forgotten before the next can come.
    /// </summary>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an open breaker waits before each probe. Default 1 s; 10 ms to 10 min.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many writes may be at the follower at once; each holds a connection there, and until its commit one on the authority
    /// too. Default 64; 1 to 10,000. A further write waits for a twentieth of <see cref="MigrationOptions.FollowerTimeout"/> and
    /// then leaves its intent; with <see cref="FollowerFailure.FailWrite"/> it waits for all of that time and then fails.
    /// </summary>
    public int MaximumWriters { get; set; } = 64;
}
