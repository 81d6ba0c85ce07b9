using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>
/// Finds which mapped columns a parameter meets: is compared with, is set into or inserted into. What stands within a larger
/// expression (<c>total + @amount</c>) meets none.
/// </summary>
internal static class MethodMeetings
{
    /// <summary>The members that each parameter meets, by its name without the <c>@</c>, in the order of the text.</summary>
    public static ImmutableArray<(string Parameter, MemberShape Member)> Find(MethodText text, MethodColumns columns)
    {
        ImmutableArray<(string, MemberShape)>.Builder meetings = ImmutableArray.CreateBuilder<(string, MemberShape)>();
        TokenCursor cursor = text.Cursor;
        Dictionary<int, MemberShape> inserted = Inserted(text, columns);
        for (int index = 0; index < cursor.Count; index++)
        {
            if (cursor[index].Kind != SqlTokenKind.Parameter)
            {
                continue;
            }

            if ((inserted.TryGetValue(index, out MemberShape? member) ? member : Met(cursor, index, columns)) is { } met)
            {
                meetings.Add((cursor.Text(index).Slice(1).ToString(), met));
            }
        }

        return meetings.ToImmutable();
    }

    private static MemberShape? Met(TokenCursor cursor, int index, MethodColumns columns)
    {
        if (EndsOperand(cursor, index + 1) && Left(cursor, index, columns) is { } left)
        {
            return left;
        }

        // @p = column
        int behind = SkipComparison(cursor, index + 1);
        return behind > index + 1 && BeginsOperand(cursor, index - 1) && columns.BeginningAt(cursor, behind, out int end) is { } member && EndsOperand(cursor, end)
            ? member
            : null;
    }

    /// <summary>The column left of an operator that the parameter is the right operand of.</summary>
    private static MemberShape? Left(TokenCursor cursor, int index, MethodColumns columns)
    {
        int end = index - 1;
        if (IsComparison(cursor, end))
        {
            while (IsComparison(cursor, end))
            {
                end--;
            }
        }
        else if (cursor.IsWord(end, "FROM") && cursor.IsWord(end - 1, "DISTINCT"))
        {
            end -= cursor.IsWord(end - 2, "NOT") ? 4 : 3;
        }
        else if (cursor.IsWord(end, "LIKE", "ILIKE"))
        {
            end -= cursor.IsWord(end - 1, "NOT") ? 2 : 1;
        }
        else if (BetweenAt(cursor, end) is { } between)
        {
            end = between - (cursor.IsWord(between - 1, "NOT") ? 2 : 1);
        }
        else if (ListAt(cursor, end) is { } list)
        {
            end = list - (cursor.IsWord(list - 1, "NOT") ? 2 : 1);
        }
        else
        {
            return null;
        }

        return columns.EndingAt(cursor, end, out int first) is { } member && BeginsOperand(cursor, first - 1) ? member : null;
    }

    /// <summary>The place of BETWEEN, seen from where its operand begins.</summary>
    private static int? BetweenAt(TokenCursor cursor, int end) =>
        cursor.IsWord(end, "BETWEEN") ? end
        : cursor.IsWord(end, "AND") && IsSingle(cursor, end - 1) && cursor.IsWord(end - 2, "BETWEEN") ? end - 2
        : null;

    /// <summary>The place of IN, seen from within its list of parameters and literals.</summary>
    private static int? ListAt(TokenCursor cursor, int end)
    {
        while (cursor.IsSymbol(end, ',') && IsSingle(cursor, end - 1))
        {
            end -= 2;
        }

        return cursor.IsSymbol(end, '(') && cursor.IsWord(end - 1, "IN") ? end - 1 : null;
    }

    private static bool IsSingle(TokenCursor cursor, int index) =>
        index >= 0 && index < cursor.Count && cursor[index].Kind is SqlTokenKind.Parameter or SqlTokenKind.Number or SqlTokenKind.Text;

    private static bool IsComparison(TokenCursor cursor, int index) =>
        cursor.IsSymbol(index, '=') || cursor.IsSymbol(index, '<') || cursor.IsSymbol(index, '>') || cursor.IsSymbol(index, '!');

    private static int SkipComparison(TokenCursor cursor, int index)
    {
        while (IsComparison(cursor, index))
        {
            index++;
        }

        return index;
    }

    /// <summary>Whether what stands before a place lets an operand begin behind it.</summary>
    private static bool BeginsOperand(TokenCursor cursor, int before) =>
        before < 0 || cursor.IsSymbol(before, '(') || cursor.IsSymbol(before, ',')
        || cursor.IsWord(before, "WHERE", "AND", "OR", "NOT", "ON", "SET", "WHEN", "HAVING", "CASE", "SELECT", "THEN", "ELSE", "BY", "RETURNING");

    /// <summary>Whether what stands at a place ends the operand before it.</summary>
    private static bool EndsOperand(TokenCursor cursor, int at) =>
        at >= cursor.Count || cursor.IsSymbol(at, ')') || cursor.IsSymbol(at, ',')
        || (cursor[at].Kind == SqlTokenKind.Word && !cursor.IsWord(at, "COLLATE", "AT", "IS", "LIKE", "ILIKE", "IN", "BETWEEN", "ESCAPE"));

    /// <summary>The members that INSERT INTO t (columns) VALUES (values) gives its parameters to, by the parameters' places.</summary>
    private static Dictionary<int, MemberShape> Inserted(MethodText text, MethodColumns columns)
    {
        Dictionary<int, MemberShape> inserted = [];
        TokenCursor cursor = text.Cursor;
        int into = cursor.Find(0, "INTO");
        int values = cursor.Find(Math.Max(into, 0), "VALUES");
        if (text.Statement?.Verb is not ("INSERT" or "REPLACE") || into < 0 || values < 0)
        {
            return inserted;
        }

        cursor.At = into + 1;
        cursor.TakeTable();
        while (cursor.At < values && !cursor.IsSymbol(cursor.At, '('))
        {
            cursor.At++;
        }

        List<SqlName?> names = [.. Items(cursor, cursor.At).Select(item => item.Length == 1 ? cursor.NameAt(item.First) : null)];
        for (int at = values + 1; cursor.IsSymbol(at, '('); at = cursor.IsSymbol(at, ',') ? at + 1 : at)
        {
            int position = 0;
            foreach ((int first, int length) in Items(cursor, at))
            {
                if (length == 1 && cursor[first].Kind == SqlTokenKind.Parameter && position < names.Count && names[position] is { } name && columns.Find(name) is { } member)
                {
                    inserted[first] = member;
                }

                position++;
                at = first + length;
            }

            at++;
        }

        return inserted;
    }

    /// <summary>What stands between the commas of a bracket.</summary>
    public static List<(int First, int Length)> Items(TokenCursor cursor, int bracket)
    {
        List<(int, int)> items = [];
        if (!cursor.IsSymbol(bracket, '('))
        {
            return items;
        }

        int depth = 0;
        int first = bracket + 1;
        for (int index = bracket; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth == 0 || (depth == 1 && cursor.IsSymbol(index, ',')))
            {
                items.Add((first, index - first));
                first = index + 1;
            }

            if (depth == 0)
            {
                break;
            }
        }

        return items;
    }
}
