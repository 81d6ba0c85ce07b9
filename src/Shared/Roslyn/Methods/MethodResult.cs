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
    internal sealed record Item(string? Name, MemberShape? Member);

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
            List<(int First, int Length)> bracket = MethodMeetings.Items(cursor, first + 1);
            first = bracket[bracket.Count - 1].First + bracket[bracket.Count - 1].Length + 1;
        }

        ImmutableArray<Item>.Builder items = ImmutableArray.CreateBuilder<Item>();
        bool isComplete = true;
        int depth = 0;
        for (int index = first; index <= cursor.Count; index++)
        {
            bool isEnd = index == cursor.Count || (depth == 0 && cursor.IsWord(index, "FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "HAVING", "WINDOW", "FOR") && !cursor.IsWord(index - 1, "DISTINCT"));
            if (isEnd || (depth == 0 && cursor.IsSymbol(index, ',')))
            {
                if (index > first)
                {
                    isComplete &= !cursor.IsSymbol(index - 1, '*');
                    if (!cursor.IsSymbol(index - 1, '*'))
                    {
                        items.Add(ReadItem(cursor, first, index, columns));
                    }
                }

                first = index + 1;
            }

            if (isEnd)
            {
                break;
            }

            depth += cursor.Depth(index);
        }

        return new MethodResult(items.ToImmutable(), isComplete && items.Count > 0);
    }

    private static Item ReadItem(TokenCursor cursor, int first, int end, MethodColumns columns)
    {
        // column, t.column
        MemberShape? member = columns.BeginningAt(cursor, first, out int behind);
        if (behind >= end)
        {
            return new Item(cursor.NameAt(end - 1)?.Text, member);
        }

        bool hasAs = cursor.IsWord(end - 2, "AS");
        string? alias = cursor.NameAt(end - 1) is { } name && (hasAs || name.IsQuoted || IsAlias(cursor, end)) ? name.Text : null;
        return new Item(alias, alias is not null && behind == end - (hasAs ? 2 : 1) ? member : null);
    }

    // Without AS: a name behind what ends an expression.
    private static bool IsAlias(TokenCursor cursor, int end) =>
        !cursor.IsWord(end - 1, "END", "NULL", "TRUE", "FALSE")
        && (cursor.IsSymbol(end - 2, ')') || cursor.NameAt(end - 2) is not null || cursor[end - 2].Kind is SqlTokenKind.Number or SqlTokenKind.Parameter or SqlTokenKind.Text);
}
