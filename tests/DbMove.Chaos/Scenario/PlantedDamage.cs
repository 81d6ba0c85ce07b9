namespace DbMove.Chaos.Scenario;

/// <summary>A row that nobody writes, damaged on the follower by plain SQL: validation must find it, and repair must undo it.</summary>
/// <param name="Account">The row.</param>
/// <param name="At">When, milliseconds since 1970 UTC.</param>
/// <param name="IsCertain">False: the connection was lost, and it may not have happened.</param>
internal sealed record PlantedDamage(long Account, long At, bool IsCertain);
