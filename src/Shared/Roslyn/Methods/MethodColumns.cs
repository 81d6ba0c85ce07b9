using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>Tells which names in a statement are columns of the entity, on one side.</summary>
internal sealed class MethodColumns
{
    private readonly ImmutableArray<MemberShape> _members;
    private readonly bool _isSource;
    private readonly ImmutableArray<MethodTable> _own;
    private readonly bool _isAlone;

    private readonly (string? Schema, string Name) _table;

    /// <param name="entity">The entity.</param>
    /// <param name="text">The text.</param>
    /// <param name="isSource">Whether columns have the source's names.</param>
    /// <param name="isSourceTable">Whether the table has the source's name; null: as the columns.</param>
    public MethodColumns(EntityShape entity, MethodText text, bool isSource, bool? isSourceTable = null)
    {
        (_members, _isSource) = (entity.Members, isSource);
        _table = isSourceTable ?? isSource ? entity.SourceTable : entity.TargetTable;
        (string? schema, string name) = _table;
        _own = [.. text.Tables.All.Where(table => table.Is(schema, name))];
        _isAlone = _own.Length > 0 && _own.Length == text.Tables.All.Length;
    }

    /// <summary>Whether the statement names the entity's table.</summary>
    public bool HasTable => !_own.IsEmpty;

    /// <summary>Whether a table is the entity's.</summary>
    public bool IsTable(SqlTable table) => new MethodTable(table, null).Is(_table.Schema, _table.Name);

    public string NameOf(MemberShape member) => _isSource ? member.SourceName : member.TargetName;

    /// <summary>The column of the member of this name, without regard to case; null: there is none.</summary>
    public string? NameOfMember(string name) =>
        _members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found ? NameOf(found) : null;

    /// <summary>Whether this side has the member's column.</summary>
    public bool Has(MemberShape member) => !(_isSource ? member.IsTargetOnly : member.IsSourceOnly);

    /// <summary>The member of a column; null: it is none of the entity's, or it cannot be told.</summary>
    public MemberShape? Find(SqlName? qualifier, SqlName name)
    {
        bool isOwn = qualifier is { } written
            ? _own.Any(table => table.IsCalled(written.Text)) || (_own.Length > 0 && string.Equals(written.Text, "excluded", StringComparison.OrdinalIgnoreCase))
            : _isAlone;
        return isOwn ? Find(name) : null;
    }

    /// <summary>The member of a column that must be the entity's.</summary>
    public MemberShape? Find(SqlName name) => _members.FirstOrDefault(member =>
        Has(member) && string.Equals(NameOf(member), name.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The member of the column that ends at a token, and where it begins.</summary>
    public MemberShape? EndingAt(TokenCursor cursor, int end, out int first)
    {
        first = end;
        if (cursor.NameAt(end) is not { } name || cursor.IsSymbol(end + 1, '(') || cursor.IsSymbol(end + 1, '.'))
        {
            return null;
        }

        if (!cursor.IsSymbol(end - 1, '.'))
        {
            return Find(null, name);
        }

        first = end - 2;
        while (cursor.IsSymbol(first - 1, '.'))
        {
            first -= 2;
        }

        return cursor.NameAt(end - 2) is { } qualifier ? Find(qualifier, name) : null;
    }

    /// <summary>The member of the column that begins at a token, and the token behind it.</summary>
    public MemberShape? BeginningAt(TokenCursor cursor, int first, out int behind)
    {
        int end = first;
        while (cursor.IsSymbol(end + 1, '.'))
        {
            end += 2;
        }

        behind = end + 1;
        return EndingAt(cursor, end, out int begin) is { } member && begin == first ? member : null;
    }
}
