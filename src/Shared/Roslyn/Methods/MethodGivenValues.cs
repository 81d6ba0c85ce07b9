using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The values that a statement gives to columns by their place: those of an INSERT, and of (a, b) = (@a, @b).</summary>
internal static class MethodGivenValues
{
    /// <summary>The members that operands are given to, by the operands' first and last tokens.</summary>
    public static Dictionary<(int First, int Last), MemberShape> Find(MethodText text, MethodColumns columns)
    {
        Dictionary<(int, int), MemberShape> given = [];
        FindInserted(text, columns, given);
        FindRows(text.Cursor, (end, first) => columns.EndingAt(text.Cursor, end, out int begin) is { } member && begin == first ? member : null, given);
        return given;
    }

    /// <summary>The members of other entities that operands of rows are compared with.</summary>
    public static Dictionary<(int First, int Last), MemberShape> FindKnown(MethodText text, MethodColumns columns)
    {
        Dictionary<(int, int), MemberShape> given = [];
        FindRows(text.Cursor, (end, first) => MethodColumns.BeginOf(text.Cursor, end) == first ? columns.KnownAt(text.Cursor, end) : null, given);
        return given;
    }

    /// <summary>INSERT INTO t (columns) VALUES (values), or SELECT values.</summary>
    private static void FindInserted(MethodText text, MethodColumns columns, Dictionary<(int, int), MemberShape> given)
    {
        TokenCursor cursor = text.Cursor;
        int into = cursor.Find(0, "INTO");
        if (text.Statement?.Verb is not ("INSERT" or "REPLACE") || into < 0)
        {
            return;
        }

        cursor.At = into + 1;
        cursor.TakeTable();
        if (cursor.Take("AS"))
        {
            cursor.At++;
        }

        int values = cursor.Find(cursor.At, "VALUES", "SELECT");
        while (cursor.At < values && !cursor.IsSymbol(cursor.At, '('))
        {
            cursor.At++;
        }

        if (values < 0 || cursor.At == values)
        {
            return;
        }

        List<MemberShape?> members = [.. Items(cursor, cursor.At).Select(item => item.Length == 1 && cursor.NameAt(item.First) is { } name ? columns.Find(name) : null)];
        if (cursor.IsWord(values, "SELECT"))
        {
            Give(MethodResult.Split(cursor, cursor.IsWord(values + 1, "DISTINCT", "ALL") ? values + 2 : values + 1), members, given);
            return;
        }

        for (int at = values + 1; cursor.IsSymbol(at, '('); at = cursor.IsSymbol(at, ',') ? at + 1 : at)
        {
            List<(int First, int Length)> items = Items(cursor, at);
            if (items.Count == 0)
            {
                return;
            }

            Give(items, members, given);
            at = items[items.Count - 1].First + items[items.Count - 1].Length + 1;
        }
    }

    /// <summary>(columns) = (values), where columns are set and where they are compared.</summary>
    private static void FindRows(TokenCursor cursor, Func<int, int, MemberShape?> find, Dictionary<(int, int), MemberShape> given)
    {
        for (int index = 0; index < cursor.Count; index++)
        {
            if (!cursor.IsSymbol(index, '(') || Items(cursor, index) is not { Count: > 1 } left)
            {
                continue;
            }

            int equals = left[left.Count - 1].First + left[left.Count - 1].Length + 1;
            int bracket = cursor.IsWord(equals + 1, "ROW") ? equals + 2 : equals + 1;
            if (cursor.IsSymbol(equals, '=') && cursor.IsSymbol(bracket, '('))
            {
                Give(
                    Items(cursor, bracket),
                    [.. left.Select(item => find(item.First + item.Length - 1, item.First))],
                    given);
            }
        }
    }

    private static void Give(List<(int First, int Length)> items, List<MemberShape?> members, Dictionary<(int, int), MemberShape> given)
    {
        for (int position = 0; position < Math.Min(items.Count, members.Count); position++)
        {
            if (members[position] is { } member)
            {
                given[(items[position].First, items[position].First + items[position].Length - 1)] = member;
            }
        }
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
