namespace DbMove;

/// <summary>
/// A side returned rows in another key order than the one that both sides are compared in, so a validation would lose step
/// and report nonsense. The key's column has a collation that DbMove cannot override.
/// </summary>
/// <param name="side">The side.</param>
/// <param name="entity">The entity's wire name.</param>
public sealed class KeyOrderException(Side side, string entity)
    : DbMoveException(
        $"The {side.ToWireName()} returns rows of '{entity}' in another key order than by code points, or the same key twice. Give its key columns a binary collation.")
{
    /// <summary>The side.</summary>
    public Side Side { get; } = side;

    /// <summary>The entity's wire name.</summary>
    public string Entity { get; } = entity;
}
