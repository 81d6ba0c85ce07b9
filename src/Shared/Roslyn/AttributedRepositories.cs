using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>The classes of an assembly that say <c>[Repository&lt;TEntity&gt;]</c>, wherever they are.</summary>
internal static class AttributedRepositories
{
    // By symbol, of which there is one per compilation: what is known goes with it.
    private static readonly ConditionalWeakTable<IAssemblySymbol, ILookup<ISymbol?, INamedTypeSymbol>> s_known = new();

    /// <summary>Those of one entity: more than one is an error (DBM1014).</summary>
    public static ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol entity, CancellationToken cancellationToken) =>
    [
        .. s_known.GetValue(
            entity.ContainingAssembly,
            assembly => TypesIn(assembly.GlobalNamespace, cancellationToken)
                .Where(static type => type.HasAttribute(AttributeNames.Repository))
                .ToLookup(ISymbol? (type) => EntityOf(type), SymbolEqualityComparer.Default))[entity],
    ];

    /// <summary>The entity that the class names; null when it names none.</summary>
    public static INamedTypeSymbol? EntityOf(INamedTypeSymbol type) =>
        type.FindAttribute(AttributeNames.Repository)?.AttributeClass?.TypeArguments[0] as INamedTypeSymbol;

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ISymbol member in scope.GetMembers())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (INamedTypeSymbol nested in TypesIn(inner, cancellationToken))
                {
                    yield return nested;
                }
            }
        }
    }
}
