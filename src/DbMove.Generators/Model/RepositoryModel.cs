namespace DbMove.Generators.Model;

/// <summary>A repository class that the user declares.</summary>
internal sealed record RepositoryModel
{
    /// <summary>The entity's fully qualified name.</summary>
    public required string Entity { get; init; }

    public required ScopeModel Scope { get; init; }

    public required string Identifier { get; init; }

    /// <summary>Whether the user's half says who sees it; the generated half must not say otherwise.</summary>
    public required bool HasAccessibility { get; init; }

    public required bool HasMigrationConstructor { get; init; }

    /// <summary>What goes with it.</summary>
    public required ContractModel Contract { get; init; }

    /// <summary>Whether the generated half can join it.</summary>
    public required bool IsUsable { get; init; }
}
