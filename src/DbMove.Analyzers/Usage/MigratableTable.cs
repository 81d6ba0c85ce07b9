using DbMove.Analyzers.Usage.Texts;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage;

/// <summary>A table of a migratable entity, on one of the sides.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Schema">The table's schema; null: none is declared.</param>
internal sealed record MigratableTable(INamedTypeSymbol Entity, string? Schema)
{
    /// <summary>Whether the written table, whose name is the same, may be this one: a schema that only one of them has decides nothing.</summary>
    public bool IsMeant(WrittenTable written) =>
        Schema is null || written.Schema is null || string.Equals(Schema, written.Schema, StringComparison.OrdinalIgnoreCase);
}
