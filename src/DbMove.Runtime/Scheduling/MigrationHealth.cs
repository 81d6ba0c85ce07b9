namespace DbMove;

/// <summary>How a migration is.</summary>
/// <param name="Status">The worst of its entries.</param>
/// <param name="Entries">One for each thing looked at.</param>
public sealed record MigrationHealth(HealthStatus Status, IReadOnlyList<HealthEntry> Entries)
{
    internal static MigrationHealth Of(IReadOnlyList<HealthEntry> entries) => new(entries.Max(entry => entry.Status), entries);
}
