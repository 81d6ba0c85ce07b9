using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>Columns of other entities whose names the other side does not have, or has for another column.</summary>
internal static class MethodForeignNames
{
    /// <summary>The first such column; null: none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The names of its side.</param>
    /// <param name="isMisplaced">Whether names that only the other side has are looked for; else, in a text for both sides, those of the source that the target has not.</param>
    public static MemberShape? Find(MethodText text, MethodColumns columns, bool isMisplaced)
    {
        TokenCursor cursor = text.Cursor;
        MethodAliases? aliases = null;
        SqlName[]? written = null;
        for (int index = 0; index < cursor.Count; index++)
        {
            if ((isMisplaced ? columns.MisplacedAt(cursor, index) : columns.KnownAt(cursor, index, isCertain: true)) is { } member
                && (isMisplaced || member.IsSourceOnly || !string.Equals(member.SourceName, member.TargetName, StringComparison.OrdinalIgnoreCase))
                && !IsOther(index))
            {
                return member;
            }
        }

        return null;

        // What the statement calls so itself, a column of the table that it writes, or a literal: DATE '2026-01-01'.
        bool IsOther(int index)
        {
            bool isQualified = cursor.IsSymbol(index - 1, '.');
            written ??= MethodNames.Written(text);
            return (aliases ??= new MethodAliases(cursor, text.Tables.Scopes)).IsAt(index, isMisplaced && !isQualified)
                || (!isQualified && written.Any(set => string.Equals(set.Text, cursor.NameAt(index)!.Value.Text, StringComparison.OrdinalIgnoreCase)))
                || (index + 1 < cursor.Count && cursor[index + 1].Kind == SqlTokenKind.Text);
        }
    }

    /// <summary>The entity that has it.</summary>
    public static string Owner(MemberShape member) => member.Property.ContainingType.Name;
}
