namespace DbMove.Fleet;

/// <summary>The fleet as an instance saw it with its last sign of life.</summary>
/// <param name="Alive">How many instances are alive.</param>
/// <param name="Leader">The label of the one that leads; null: none does.</param>
/// <param name="IsOwnLease">Whether the lease was given to the instance that asked.</param>
internal sealed record FleetView(int Alive, string? Leader, bool IsOwnLease)
{
    public static FleetView Of(IReadOnlyList<MigrationInstance> instances, bool isOwnLease) =>
        new(instances.Count(instance => instance.IsAlive), instances.FirstOrDefault(instance => instance.IsLeader)?.Label, isOwnLease);
}
