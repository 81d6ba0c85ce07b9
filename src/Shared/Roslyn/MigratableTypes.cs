using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>
/// The <c>[Migratable]</c> types of an assembly and of those that it refers to. Each assembly is searched once: an edit leaves the
/// symbols of what a compilation refers to as they are, so that only its own types are looked at again.
/// </summary>
internal static class MigratableTypes
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, IReadOnlyList<INamedTypeSymbol>> s_known = new();

    public static IReadOnlyList<INamedTypeSymbol> Of(IAssemblySymbol assembly, CancellationToken cancellationToken) =>
        s_known.TryGetValue(assembly, out IReadOnlyList<INamedTypeSymbol>? known) ? known : s_known.GetValue(assembly, anew => Find(anew, cancellationToken));

    /// <summary>The assemblies that an assembly refers to and that can have such types: those that refer to DbMove themselves.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="attributes">The name of the assembly that has DbMove's attributes.</param>
    public static IEnumerable<IAssemblySymbol> Referenced(IAssemblySymbol assembly, string attributes) => assembly.Modules
        .SelectMany(static module => module.ReferencedAssemblySymbols)
        .Where(referenced => referenced.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == attributes)));

    private static List<INamedTypeSymbol> Find(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        List<INamedTypeSymbol> found = [];
        Collect(assembly.GlobalNamespace, found, cancellationToken);
        return found;
    }

    private static void Collect(INamespaceOrTypeSymbol container, List<INamedTypeSymbol> found, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (INamespaceOrTypeSymbol member in container is INamespaceSymbol space ? space.GetMembers() : container.GetTypeMembers())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type && type.HasAttribute(AttributeNames.Migratable))
            {
                found.Add(type);
            }

            if (member is INamespaceSymbol or INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface })
            {
                Collect(member, found, cancellationToken);
            }
        }
    }
}
