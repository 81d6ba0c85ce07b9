using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>The tables of the assembly's entities that have another name on the target.</summary>
internal static class OtherEntities
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, List<((string? Schema, string Name) Source, (string? Schema, string Name) Target)>> s_renamed = new();

    /// <summary>The first of these tables that is one of them, as it is written, and its name on the target; null: none is.</summary>
    public static (string Written, (string? Schema, string Name) Target)? Renamed(IAssemblySymbol assembly, IEnumerable<MethodTable> tables)
    {
        foreach (MethodTable table in tables)
        {
            if (table.Table is { } written)
            {
                foreach (((string? schema, string name), (string? Schema, string Name) target) in s_renamed.GetValue(assembly, Find))
                {
                    if (table.Is(schema, name) && !table.IsExactly(target.Schema, target.Name))
                    {
                        return (written.ToString(), target);
                    }
                }
            }
        }

        return null;
    }

    private static List<((string? Schema, string Name) Source, (string? Schema, string Name) Target)> Find(IAssemblySymbol assembly)
    {
        List<((string?, string), (string?, string))> found = [];
        Stack<INamespaceOrTypeSymbol> open = new();
        open.Push(assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            INamespaceOrTypeSymbol container = open.Pop();
            foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                open.Push(member);
            }

            if (container is INamedTypeSymbol type && type.HasAttribute(AttributeNames.Migratable) && TableNames.Source(type) is var source && TableNames.Target(type) is var target && source != target)
            {
                found.Add((source, target));
            }
        }

        return found;
    }
}
