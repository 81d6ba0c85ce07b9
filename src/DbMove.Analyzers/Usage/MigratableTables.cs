using System.Runtime.CompilerServices;
using DbMove.Analyzers.Usage.Texts;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Analyzers.Usage;

/// <summary>
/// The migratable entities that a compilation sees, its own and those of the assemblies that it refers to, by the names of
/// their tables on both sides. Found once per compilation, for all rules.
/// </summary>
internal sealed class MigratableTables
{
    private static readonly ConditionalWeakTable<Compilation, MigratableTables> s_known = new();

    // Ignoring case: what an engine folds is not known here, and two tables that differ in nothing else are none worth a miss.
    private readonly Dictionary<string, List<MigratableTable>> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<INamedTypeSymbol> _entities = new(SymbolEqualityComparer.Default);

    private MigratableTables()
    {
    }

    /// <summary>The tables; null where there are none, so that rules cost nothing without DbMove.</summary>
    public static MigratableTables? Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (compilation.GetTypeByMetadataName(AttributeNames.Migratable) is not { } attribute)
        {
            return null;
        }

        if (!s_known.TryGetValue(compilation, out MigratableTables? tables))
        {
            tables = Find(compilation, attribute, cancellationToken);
            tables = s_known.GetValue(compilation, _ => tables);
        }

        return tables._entities.Count == 0 ? null : tables;
    }

    /// <summary>The entity whose table is written; null: none is.</summary>
    public INamedTypeSymbol? EntityOf(WrittenTable written)
    {
        if (_tables.TryGetValue(written.Name, out List<MigratableTable>? tables))
        {
            foreach (MigratableTable table in tables)
            {
                if (table.IsMeant(written))
                {
                    return table.Entity;
                }
            }
        }

        return null;
    }

    /// <summary>The entities: the compilation's own and, valid or not, those of the assemblies that it refers to.</summary>
    public IEnumerable<INamedTypeSymbol> Entities => _entities;

    public bool IsEntity(ITypeSymbol? type) => type is INamedTypeSymbol named && _entities.Contains(named.OriginalDefinition);

    private static MigratableTables Find(Compilation compilation, INamedTypeSymbol attribute, CancellationToken cancellationToken)
    {
        MigratableTables tables = new();
        foreach (IAssemblySymbol assembly in (IEnumerable<IAssemblySymbol>)[compilation.Assembly, .. MigratableTypes.Referenced(compilation.Assembly, attribute.ContainingAssembly.Name)])
        {
            foreach (INamedTypeSymbol type in MigratableTypes.Of(assembly, cancellationToken))
            {
                tables._entities.Add(type);
                tables.Add(type, TableNames.Source(type));
                tables.Add(type, TableNames.Target(type));
            }
        }

        return tables;
    }

    private void Add(INamedTypeSymbol entity, (string? Schema, string Name) table)
    {
        if (!_tables.TryGetValue(table.Name, out List<MigratableTable>? tables))
        {
            _tables.Add(table.Name, tables = []);
        }

        MigratableTable added = new(entity, table.Schema);
        if (!tables.Contains(added))
        {
            tables.Add(added);
        }
    }
}
