using System.Runtime.CompilerServices;
using DbMove.Sql;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>The tables of the assembly's entities: those that a method's statement may use besides its own.</summary>
internal static class OtherEntities
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, List<Entry>> s_known = new();

    /// <summary>The first of these tables that has another name on the target, as it is written, and that name; null: none has.</summary>
    public static (string Written, (string? Schema, string Name) Target)? Renamed(IAssemblySymbol assembly, IEnumerable<MethodTable> tables)
    {
        foreach (MethodTable table in tables)
        {
            if (table.Table is { } written)
            {
                foreach (Entry entry in s_known.GetValue(assembly, Find).Where(static entry => entry.Source != entry.Target))
                {
                    if (table.Is(entry.Source.Schema, entry.Source.Name) && !table.IsExactly(entry.Target.Schema, entry.Target.Name))
                    {
                        return (written.ToString(), entry.Target);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The member whose column a name is in a table that is an entity's; null: nobody knows the table, or the column.</summary>
    /// <param name="assembly">The entities' assembly.</param>
    /// <param name="table">The table.</param>
    /// <param name="isSource">Whether tables and columns have the source's names.</param>
    /// <param name="name">The column.</param>
    public static MemberShape? Column(IAssemblySymbol assembly, MethodTable table, bool isSource, SqlName name)
    {
        if (table.Table is null)
        {
            return null;
        }

        foreach (Entry entry in s_known.GetValue(assembly, Find))
        {
            (string? schema, string owner) = isSource ? entry.Source : entry.Target;
            if (table.Is(schema, owner))
            {
                return EntityShape.Inspect(entry.Type, default).Members.FirstOrDefault(member =>
                    !(isSource ? member.IsTargetOnly : member.IsSourceOnly)
                    && string.Equals(isSource ? member.SourceName : member.TargetName, name.Text, StringComparison.OrdinalIgnoreCase));
            }
        }

        return null;
    }

    private static List<Entry> Find(IAssemblySymbol assembly)
    {
        List<Entry> found = [];
        Stack<INamespaceOrTypeSymbol> open = new();
        open.Push(assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            INamespaceOrTypeSymbol container = open.Pop();
            foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                open.Push(member);
            }

            if (container is INamedTypeSymbol type && type.HasAttribute(AttributeNames.Migratable))
            {
                found.Add(new Entry(type, TableNames.Source(type), TableNames.Target(type)));
            }
        }

        return found;
    }

    private sealed record Entry(INamedTypeSymbol Type, (string? Schema, string Name) Source, (string? Schema, string Name) Target);
}
