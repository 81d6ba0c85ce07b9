namespace DbMove;

/// <summary>The schema check refuses the migration. Thrown at start, before anything is written.</summary>
/// <param name="migration">The migration's name.</param>
/// <param name="findings">One sentence each: what, where, the remedy.</param>
public sealed class SchemaCheckException(string migration, IReadOnlyList<string> findings)
    : DbMoveException(
        $"Migration '{migration}' cannot start: {string.Join(" ", findings)}")
{
    /// <summary>The migration's name.</summary>
    public string Migration { get; } = migration;

    /// <summary>One sentence each: what, where, the remedy.</summary>
    public IReadOnlyList<string> Findings { get; } = findings;
}
