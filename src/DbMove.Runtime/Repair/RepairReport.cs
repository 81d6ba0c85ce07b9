namespace DbMove;

/// <summary>What a repair did.</summary>
/// <param name="Repaired">Keys that were changed on the follower.</param>
/// <param name="AlreadyConsistent">Keys that were equal already; nothing was written for them.</param>
/// <param name="Unsettled">Keys that changed meanwhile, wait for a parent row or somebody's lock, or lie in a stage that is not dual: try again.</param>
/// <param name="Failed">Keys that the follower refused, or took and does not hold (a column that rounds), with the reason.</param>
public sealed record RepairReport(int Repaired, int AlreadyConsistent, int Unsettled, IReadOnlyList<RepairFailure> Failed)
{
    internal static RepairReport Empty { get; } = new(0, 0, 0, []);

    internal RepairReport Add(RepairReport other) => new(
        Repaired + other.Repaired, AlreadyConsistent + other.AlreadyConsistent, Unsettled + other.Unsettled, [.. Failed, .. other.Failed]);
}
