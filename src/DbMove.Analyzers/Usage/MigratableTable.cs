using DbMove.Analyzers.Usage.Texts;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage;

/// <summary>A table of a migratable entity, on one of the sides.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Schema">The table's schema; null: none is declared.</param>
internal sealed record MigratableTable(INamedTypeSymbol Entity, string? Schema)
{
    private static readonly string[] s_defaults = ["public", "main", "dbo"];

    /// <summary>
    /// Whether the written table, whose name is the same, may be this one. A text without a schema may mean any; an entity without one is
    /// in the engine's usual schema.
    /// </summary>
    public bool IsMeant(WrittenTable written) =>
        written.Schema is null
        || (Schema is null ? s_defaults.Contains(written.Schema, StringComparer.OrdinalIgnoreCase) : string.Equals(Schema, written.Schema, StringComparison.OrdinalIgnoreCase));
}
