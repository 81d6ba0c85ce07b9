using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>Tells which names in a statement are columns of the entity, on one side.</summary>
internal sealed class MethodColumns
{
    // No column has such a name without quotes.
    private static readonly string[] s_reserved =
    [
        "ALL", "AND", "AS", "CASE", "CROSS", "DEFAULT", "DISTINCT", "ELSE", "END", "EXCEPT", "FROM", "GROUP", "HAVING", "IN", "INNER", "INTERSECT", "INTO", "IS", "JOIN", "LEFT", "LIMIT", "NATURAL", "NOT", "NULL", "ON", "OR",
        "ORDER", "OUTER", "RETURNING", "RIGHT", "SELECT", "SET", "TABLE", "THEN", "UNION", "USING", "VALUES", "WHEN", "WHERE", "WITH",
    ];

    private readonly ImmutableArray<MemberShape> _members;
    private readonly bool _isSource;
    private readonly MethodTables _tables;
    private readonly (string? Schema, string Name) _table;
    private readonly Func<MemberShape, bool>? _has;
    private readonly OtherEntities _others;
    private readonly bool _isSourceTable;

    /// <param name="entity">The entity.</param>
    /// <param name="others">The other entities.</param>
    /// <param name="text">The text.</param>
    /// <param name="isSource">Whether columns have the source's names.</param>
    /// <param name="isSourceTable">Whether the table has the source's name; null: as the columns.</param>
    /// <param name="has">Which members have a column; null: those of the side.</param>
    public MethodColumns(EntityShape entity, OtherEntities others, MethodText text, bool isSource, bool? isSourceTable = null, Func<MemberShape, bool>? has = null)
    {
        (_has, _others, _isSourceTable) = (has, others, isSourceTable ?? isSource);
        (_members, _isSource, _tables) = (entity.Members, isSource, text.Tables);
        _table = _isSourceTable ? entity.SourceTable : entity.TargetTable;
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
            if (_tables.VisibleAt(end).FirstOrDefault() is { IsDefault: false } tables && tables.Any(IsTable))
            {
                MemberShape? own = Find(name);
                isForeign = own is null && KnownAt(cursor, end) is not null;
                return own;
            }

            isForeign = !cursor.IsWord(end, "END", "NULL") && (KnownAt(cursor, end) is not null || !_tables.All.Any(IsTable));
            return null;
        }

        first = BeginOf(cursor, end);
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
        && _tables.VisibleAt(end).Any(tables => tables.Any(IsTable)) && KnownAt(cursor, end) is null ? Find(name) : null;

    /// <summary>The member of another entity whose column ends at a token; null: none is known.</summary>
    /// <param name="cursor">The statement.</param>
    /// <param name="end">The token.</param>
    /// <param name="isCertain">
    /// Whether a name without a table's counts only for a table of its own query, where the engine would refuse it if two had it; else
    /// it may be that of a query around it, unless a table that nobody knows has it.
    /// </param>
    public MemberShape? KnownAt(TokenCursor cursor, int end, bool isCertain = false)
    {
        if (NamedAt(cursor, end) is not { } name)
        {
            return null;
        }

        if (cursor.IsSymbol(end - 1, '.'))
        {
            return QualifierOf(cursor, end) is { } table && !IsTable(table) ? _others.Column(table, _isSourceTable, name) : null;
        }

        foreach (ImmutableArray<MethodTable> tables in _tables.VisibleAt(end))
        {
            bool isOwn = tables.Any(IsTable);
            if (isOwn && Find(name) is not null)
            {
                return null;
            }

            MemberShape? known = tables.Where(table => !IsTable(table)).Select(table => _others.Column(table, _isSourceTable, name)).FirstOrDefault(static member => member is not null);
            if (known is not null || isOwn || isCertain)
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>The member of another entity whose column has the name at a token on the other side alone; null: none, or another table may have the name.</summary>
    public MemberShape? MisplacedAt(TokenCursor cursor, int end)
    {
        if (NamedAt(cursor, end) is not { } name)
        {
            return null;
        }

        if (cursor.IsSymbol(end - 1, '.'))
        {
            return QualifierOf(cursor, end) is { } table && !IsTable(table) ? _others.Misplaced(table, _isSourceTable, name) : null;
        }

        ImmutableArray<MethodTable>[] visible = [.. _tables.VisibleAt(end)];
        return visible.SelectMany(static tables => tables).All(table => IsTable(table) ? Find(name) is null : _others.IsKnown(table, _isSourceTable) && _others.Column(table, _isSourceTable, name) is null)
            ? visible.FirstOrDefault() is { IsDefault: false } own ? own.Where(table => !IsTable(table)).Select(table => _others.Misplaced(table, _isSourceTable, name)).FirstOrDefault(static member => member is not null) : null
            : null;
    }

    /// <summary>Where the column begins that ends at a token.</summary>
    public static int BeginOf(TokenCursor cursor, int end)
    {
        while (cursor.IsSymbol(end - 1, '.'))
        {
            end -= 2;
        }

        return end;
    }

    private static SqlName? NamedAt(TokenCursor cursor, int end) =>
        cursor.IsSymbol(end + 1, '(') || cursor.IsSymbol(end + 1, '.') || cursor.IsWord(end, s_reserved) ? null : cursor.NameAt(end);

    /// <summary>The table that is written before a column.</summary>
    private MethodTable? QualifierOf(TokenCursor cursor, int end) => cursor.NameAt(end - 2) is { } qualifier
        ? _tables.VisibleAt(end).SelectMany(static tables => tables).FirstOrDefault(table => table.IsCalled(qualifier.Text))
        : null;

    /// <summary>
    /// What may be written before a name without a table's to say whose column it is, besides the entity's; null: that is certain.
    /// </summary>
    /// <param name="cursor">The statement.</param>
    /// <param name="end">The name's place.</param>
    /// <param name="isAbsent">Whether the entity's table has no column of that name on this side, so that a table beside it may.</param>
    public string? OtherAt(TokenCursor cursor, int end, bool isAbsent)
    {
        if (cursor.IsSymbol(end - 1, '.') || _tables.VisibleAt(end).FirstOrDefault() is not { IsDefault: false } tables || (!isAbsent && tables.Any(IsTable)))
        {
            return null;
        }

        MethodTable[] others = [.. tables.Where(table => !IsTable(table))];
        return others.Length == 0 ? null : others is [{ Called: { } only }] ? only : "<table>";
    }

    /// <summary>Whether another entity's table, in the query that a name stands in, has a column of that name.</summary>
    public bool IsKnownBeside(TokenCursor cursor, int end) =>
        cursor.NameAt(end) is { } name && _tables.VisibleAt(end).FirstOrDefault() is { IsDefault: false } tables
        && tables.Any(table => !IsTable(table) && _others.Column(table, _isSourceTable, name) is not null);

    /// <summary>What the entity's table is called where a name stands.</summary>
    public string? CalledAt(int index) => _tables.VisibleAt(index).SelectMany(static tables => tables).FirstOrDefault(IsTable)?.Called;

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
