using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>Tells which names in a statement are columns of the entity, on one side.</summary>
internal sealed class MethodColumns
{
    private readonly ImmutableArray<MemberShape> _members;
    private readonly bool _isSource;
    private readonly MethodTables _tables;
    private readonly (string? Schema, string Name) _table;
    private readonly Func<MemberShape, bool>? _has;

    /// <param name="entity">The entity.</param>
    /// <param name="text">The text.</param>
    /// <param name="isSource">Whether columns have the source's names.</param>
    /// <param name="isSourceTable">Whether the table has the source's name; null: as the columns.</param>
    /// <param name="has">Which members have a column; null: those of the side.</param>
    public MethodColumns(EntityShape entity, MethodText text, bool isSource, bool? isSourceTable = null, Func<MemberShape, bool>? has = null)
    {
        _has = has;
        (_members, _isSource, _tables) = (entity.Members, isSource, text.Tables);
        _table = isSourceTable ?? isSource ? entity.SourceTable : entity.TargetTable;
    }

    public ImmutableArray<MemberShape> Members => _members;

    /// <summary>Whether a table is the entity's.</summary>
    public bool IsTable(SqlTable table) => IsTable(new MethodTable(table, null, 0));

    /// <inheritdoc cref="IsTable(SqlTable)"/>
    public bool IsTable(MethodTable table) => table.Is(_table.Schema, _table.Name);

    public string NameOf(MemberShape member) => _isSource ? member.SourceName : member.TargetName;

    /// <summary>The column of the member of this name, without regard to case; null: there is none.</summary>
    public string? NameOfMember(string name) =>
        _members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found ? NameOf(found) : null;

    /// <summary>Whether this side has the member's column.</summary>
    public bool Has(MemberShape member) => _has is not null ? _has(member) : !(_isSource ? member.IsTargetOnly : member.IsSourceOnly);

    /// <summary>The member of a column that must be the entity's.</summary>
    public MemberShape? Find(SqlName name) => _members.FirstOrDefault(member =>
        Has(member) && string.Equals(NameOf(member), name.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The member of the column that ends at a token, and where it begins.</summary>
    public MemberShape? EndingAt(TokenCursor cursor, int end, out int first) => EndingAt(cursor, end, out first, out _);

    /// <summary>The member of the column that ends at a token, where it begins, and whether it is certainly another table's.</summary>
    public MemberShape? EndingAt(TokenCursor cursor, int end, out int first, out bool isForeign)
    {
        (first, isForeign) = (end, false);
        if (cursor.NameAt(end) is not { } name || cursor.IsSymbol(end + 1, '(') || cursor.IsSymbol(end + 1, '.'))
        {
            return null;
        }

        if (!cursor.IsSymbol(end - 1, '.'))
        {
            // Where the entity's table stands and another has a column of that name too, the engine refuses the name.
            return _tables.VisibleAt(end).FirstOrDefault() is { IsDefault: false } tables && tables.Any(IsTable) ? Find(name) : null;
        }

        first = end - 2;
        while (cursor.IsSymbol(first - 1, '.'))
        {
            first -= 2;
        }

        if (cursor.NameAt(end - 2) is not { } qualifier)
        {
            return null;
        }

        MethodTable? named = _tables.VisibleAt(end).SelectMany(static tables => tables).FirstOrDefault(table => table.IsCalled(qualifier.Text));
        isForeign = named is not null && !IsTable(named);
        return named is null
            ? string.Equals(qualifier.Text, "excluded", StringComparison.OrdinalIgnoreCase) && _tables.All.Any(IsTable) ? Find(name) : null
            : isForeign ? null : Find(name);
    }

    /// <summary>
    /// The member of the column that may end at a token: where a name without a table's stands in a query on other tables, the engine
    /// looks for it there first, and then in the queries around it.
    /// </summary>
    public MemberShape? PossiblyAt(TokenCursor cursor, int end) =>
        cursor.NameAt(end) is { } name && !cursor.IsSymbol(end + 1, '(') && !cursor.IsSymbol(end + 1, '.') && !cursor.IsSymbol(end - 1, '.')
        && _tables.VisibleAt(end).Any(tables => tables.Any(IsTable)) ? Find(name) : null;

    /// <summary>The member of the column that begins at a token, and the token behind it.</summary>
    public MemberShape? BeginningAt(TokenCursor cursor, int first, out int behind) => BeginningAt(cursor, first, out behind, out _);

    /// <summary>The member of the column that begins at a token, the token behind it, and whether it is certainly another table's.</summary>
    public MemberShape? BeginningAt(TokenCursor cursor, int first, out int behind, out bool isForeign)
    {
        int end = first;
        while (cursor.IsSymbol(end + 1, '.'))
        {
            end += 2;
        }

        behind = end + 1;
        return EndingAt(cursor, end, out int begin, out isForeign) is { } member && begin == first ? member : null;
    }
}
