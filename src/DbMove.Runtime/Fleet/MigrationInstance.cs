namespace DbMove;

/// <summary>One instance of the service that runs a migration.</summary>
/// <param name="Id">Names it, as long as it runs.</param>
/// <param name="Label">What its operator calls it: <see cref="FleetOptions.Label"/>.</param>
/// <param name="Stage">The stage that it last confirmed; null: one that this DbMove does not know.</param>
/// <param name="Epoch">The epoch that it last confirmed.</param>
/// <param name="StartedAt">When it first gave a sign of life, by the authority's clock.</param>
/// <param name="SeenAgo">How long ago it last did.</param>
/// <param name="IsAlive">Whether it is still waited for. One that is not may run all the same; the fence keeps it from writing under an old stage.</param>
/// <param name="IsLeader">Whether it holds the lease for what one instance does for all.</param>
/// <param name="IsSelf">Whether it is the one that was asked.</param>
public sealed record MigrationInstance(
    string Id, string Label, Stage? Stage, long Epoch, DateTimeOffset StartedAt, TimeSpan SeenAgo, bool IsAlive, bool IsLeader, bool IsSelf)
{
    /// <summary>How many of its newest shadow reads the gate judges, in the epoch that it confirmed.</summary>
    internal long ShadowReads { get; init; }

    /// <summary>How many of those are mismatches.</summary>
    internal long ShadowMismatches { get; init; }
}
