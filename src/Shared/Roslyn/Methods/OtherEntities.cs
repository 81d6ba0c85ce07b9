using System.Runtime.CompilerServices;
using DbMove.Sql;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>
/// The tables of the entities that a method's assembly has or refers to: those that its statement may use besides its own. Where two
/// entities have one table, those of the assembly itself are meant; where these do not agree on a column, nobody knows it.
/// </summary>
internal sealed class OtherEntities
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, OtherEntities> s_known = new();

    private readonly Tables _own;
    private readonly Tables _referenced;

    private OtherEntities(IEnumerable<INamedTypeSymbol> own, IEnumerable<INamedTypeSymbol> referenced) =>
        (_own, _referenced) = (new Tables(own), new Tables(referenced));

    /// <summary>For a statement that names the table of its own entity alone: nothing has to be looked for.</summary>
    public static OtherEntities None { get; } = new([], []);

    /// <param name="assembly">The method's assembly.</param>
    /// <param name="attributes">The name of the assembly that has DbMove's attributes.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static OtherEntities Of(IAssemblySymbol assembly, string attributes, CancellationToken cancellationToken) =>
        s_known.TryGetValue(assembly, out OtherEntities? known) ? known : s_known.GetValue(assembly, anew => new OtherEntities(
            MigratableTypes.Of(anew, cancellationToken),
            MigratableTypes.Referenced(anew, attributes).SelectMany(referenced => MigratableTypes.Of(referenced, cancellationToken))));

    /// <summary>The first of these tables of the source that has another name on the target, as it is written, and that name; null: none has.</summary>
    public (string Written, (string? Schema, string Name) Target)? Renamed(IEnumerable<MethodTable> tables)
    {
        foreach (MethodTable table in tables)
        {
            Entry[] entries = At(table, isSource: true);
            if (entries.Length > 0 && entries.All(entry => entry.Source != entry.Target && !table.IsExactly(entry.Target.Schema, entry.Target.Name)))
            {
                return (table.Table!.ToString(), entries[0].Target);
            }
        }

        return null;
    }

    /// <summary>The first of these tables, in a text for the target, that has the name it has on the source; null: none has.</summary>
    public (string Written, (string? Schema, string Name) Target)? LeftOver(IEnumerable<MethodTable> tables) =>
        Renamed(tables.Where(table => At(table, isSource: false).Length == 0));

    /// <summary>Whether a table is an entity's.</summary>
    public bool IsKnown(MethodTable table, bool isSource) => At(table, isSource).Length > 0;

    /// <summary>The member whose column a name is in a table that is an entity's; null: nobody knows the table, or the column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isSource">Whether tables and columns have the source's names.</param>
    /// <param name="name">The column.</param>
    public MemberShape? Column(MethodTable table, bool isSource, SqlName name)
    {
        MemberShape[] found = [.. At(table, isSource).Select(entry => entry.Column(isSource, name)).OfType<MemberShape>()];
        return found.Length > 0 && found.All(member => IsAlike(member, found[0])) ? found[0] : null;
    }

    /// <summary>
    /// The member whose column has that name on the other side alone, where the table has none of that name on this one: of the
    /// target's columns, those that the source does not have under any name.
    /// </summary>
    public MemberShape? Misplaced(MethodTable table, bool isSource, SqlName name)
    {
        MemberShape?[] found = [.. At(table, isSource).Select(entry => entry.Column(isSource, name) is not null ? null : entry.Column(!isSource, name))];
        return found.Length > 0 && found.All(member => member is not null && (!isSource || member.IsTargetOnly)) ? found[0] : null;
    }

    private static bool IsAlike(MemberShape left, MemberShape right) =>
        string.Equals(left.SourceName, right.SourceName, StringComparison.OrdinalIgnoreCase)
        && string.Equals(left.TargetName, right.TargetName, StringComparison.OrdinalIgnoreCase)
        && (left.IsSourceOnly, left.IsTargetOnly) == (right.IsSourceOnly, right.IsTargetOnly)
        && Equals(left.Storage, right.Storage)
        && Equals(left.TargetStorage, right.TargetStorage);

    private Entry[] At(MethodTable table, bool isSource) =>
        table is not { Table: { } written, IsNamedQuery: false } ? []
        : _own.At(table, written, isSource) is { Length: > 0 } own ? own
        : _referenced.At(table, written, isSource);

    private sealed class Tables
    {
        private readonly ILookup<string, Entry> _bySource;
        private readonly ILookup<string, Entry> _byTarget;

        public Tables(IEnumerable<INamedTypeSymbol> types)
        {
            Entry[] entries = [.. types.Select(static type => new Entry(type, TableNames.Source(type), TableNames.Target(type)))];
            _bySource = entries.ToLookup(static entry => entry.Source.Name, StringComparer.OrdinalIgnoreCase);
            _byTarget = entries.ToLookup(static entry => entry.Target.Name, StringComparer.OrdinalIgnoreCase);
        }

        public Entry[] At(MethodTable table, SqlTable written, bool isSource) => isSource
            ? [.. _bySource[written.Name.Text].Where(entry => table.Is(entry.Source.Schema, entry.Source.Name))]
            : [.. _byTarget[written.Name.Text].Where(entry => table.Is(entry.Target.Schema, entry.Target.Name))];
    }

    private sealed record Entry(INamedTypeSymbol Type, (string? Schema, string Name) Source, (string? Schema, string Name) Target)
    {
        public MemberShape? Column(bool isSource, SqlName name) => EntityShape.Inspect(Type, default).Members.FirstOrDefault(member =>
            !(isSource ? member.IsTargetOnly : member.IsSourceOnly)
            && string.Equals(isSource ? member.SourceName : member.TargetName, name.Text, StringComparison.OrdinalIgnoreCase));
    }
}
