namespace DbMove.AspNetCore.Answers;

/// <summary>How a migration is.</summary>
internal sealed record HealthAnswer(string Migration, string Status, IReadOnlyList<HealthEntryAnswer> Entries)
{
    public static HealthAnswer Of(string migration, MigrationHealth health) =>
        new(migration, WireNames.Of(health.Status), [.. health.Entries.Select(HealthEntryAnswer.Of)]);

    public static HealthAnswer NotStarted(string migration) =>
        new(migration, WireNames.Of(HealthStatus.Unhealthy), [new("migration", WireNames.Of(HealthStatus.Unhealthy), "not started")]);
}
