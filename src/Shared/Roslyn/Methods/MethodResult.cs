using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The columns that a statement returns, as far as its text tells.</summary>
/// <param name="Items">What it returns, in order; a star is none of them.</param>
/// <param name="IsComplete">Whether that is all: no star, and no query whose list is not found.</param>
internal sealed record MethodResult(ImmutableArray<MethodResult.Item> Items, bool IsComplete)
{
    /// <summary>One returned column.</summary>
    /// <param name="Name">What it is called; null: only the engine knows.</param>
    /// <param name="Member">The member whose column it is, as it is; null: an expression, or another table's.</param>
    /// <param name="Used">The members whose columns an expression works on.</param>
    internal sealed record Item(string? Name, MemberShape? Member, ImmutableArray<MemberShape> Used);

    private static readonly MethodResult s_unknown = new([], IsComplete: false);

    public static MethodResult Find(MethodText text, MethodColumns columns)
    {
        TokenCursor cursor = text.Cursor;
        int first = text.HasReturning ? cursor.Find(0, "RETURNING") : cursor.Find(0, "SELECT");
        if (first < 0)
        {
            return s_unknown;
        }

        first++;
        while (cursor.IsWord(first, "DISTINCT", "ALL"))
        {
            first++;
        }

        if (cursor.IsWord(first, "ON") && cursor.IsSymbol(first + 1, '('))
        {
            List<(int First, int Length)> bracket = MethodGivenValues.Items(cursor, first + 1);
            first = bracket[bracket.Count - 1].First + bracket[bracket.Count - 1].Length + 1;
        }

        List<(int First, int Length)> found = Split(cursor, first);
        ImmutableArray<Item> items = [.. found
            .Where(item => !cursor.IsSymbol(item.First + item.Length - 1, '*'))
            .Select(item => ReadItem(text, item.First, item.First + item.Length, columns))];
        return new MethodResult(items, items.Length == found.Count && items.Length > 0);
    }

    /// <summary>What stands between the commas of a list of results.</summary>
    public static List<(int First, int Length)> Split(TokenCursor cursor, int first)
    {
        List<(int, int)> items = [];
        int depth = 0;
        for (int index = first; index <= cursor.Count; index++)
        {
            bool isEnd = index == cursor.Count || depth < 0 || (depth == 0
                && cursor.IsWord(index, "FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "HAVING", "WINDOW", "FOR", "ON", "RETURNING") && !cursor.IsWord(index - 1, "DISTINCT"));
            if (isEnd || (depth == 0 && cursor.IsSymbol(index, ',')))
            {
                if (index > first)
                {
                    items.Add((first, index - first));
                }

                first = index + 1;
            }

            if (isEnd)
            {
                break;
            }

            depth += cursor.Depth(index);
        }

        return items;
    }

    private static Item ReadItem(MethodText text, int first, int end, MethodColumns columns)
    {
        (TokenCursor cursor, MethodCases cases) = (text.Cursor, text.Cases);
        // column, t.column, MAX(column)
        bool isExtreme = cursor.IsWord(first, "MIN", "MAX") && cursor.IsSymbol(first + 1, '(');
        MemberShape? member = columns.BeginningAt(cursor, isExtreme ? first + 2 : first, out int behind);
        behind += isExtreme ? 1 : 0;
        member = isExtreme && !cursor.IsSymbol(behind - 1, ')') ? null : member;
        if (behind >= end)
        {
            return new Item(isExtreme ? cursor.Text(first).ToString() : cursor.NameAt(end - 1)?.Text, member, []);
        }

        bool hasAs = cursor.IsWord(end - 2, "AS");
        string? alias = cursor.NameAt(end - 1) is { } name && (hasAs || name.IsQuoted || IsAlias(cursor, end)) ? name.Text : null;
        int last = alias is null ? end : end - (hasAs ? 2 : 1);
        return alias is not null && behind == last && member is not null
            ? new Item(alias, member, [])
            : new Item(alias, null, [.. Enumerable.Range(first, last - first)
                .Where(index => cases[index] == cases[first] && !(cursor.IsSymbol(index - 1, '(') && cursor.IsWord(index - 2, "COUNT")))
                .Select(index => columns.EndingAt(cursor, index, out _)).OfType<MemberShape>()]);
    }

    // Without AS: a name behind what ends an expression.
    private static bool IsAlias(TokenCursor cursor, int end) =>
        !cursor.IsWord(end - 1, "END", "NULL", "TRUE", "FALSE")
        && (cursor.IsSymbol(end - 2, ')') || cursor.NameAt(end - 2) is not null || cursor[end - 2].Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Text);
}
