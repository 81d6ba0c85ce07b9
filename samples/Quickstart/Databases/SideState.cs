namespace Quickstart.Databases;

/// <summary>What a database held before the sample touched it.</summary>
/// <param name="HasTables">Whether the shop's tables are there.</param>
/// <param name="HasRows">Whether one of them has a row.</param>
/// <param name="MigrationStage">The stage that a migration of this name left here; null when none did.</param>
/// <param name="Identity">Equal for two addresses that lead to the same tables.</param>
internal sealed record SideState(bool HasTables, bool HasRows, string? MigrationStage, string Identity);
