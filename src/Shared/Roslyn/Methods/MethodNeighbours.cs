using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>
/// The columns that a parameter is calculated or compared with: those of its own expression, which ends at commas, at AND and OR, and
/// at the words that begin a part of a statement. A CASE is one expression, and each of its conditions is one by itself.
/// </summary>
internal static class MethodNeighbours
{
    private static readonly string[] s_parts =
    [
        "SELECT", "DISTINCT", "FROM", "WHERE", "SET", "ON", "USING", "JOIN", "HAVING", "BY", "RETURNING", "VALUES", "LIMIT", "OFFSET", "GROUP", "ORDER", "UNION", "INTERSECT", "EXCEPT",
        "WINDOW", "FOR", "DO", "WITH", "INTO", "UPDATE",
    ];

    private static readonly string[] s_beforeBracket = [.. s_parts, "AND", "OR", "NOT", "WHEN", "THEN", "ELSE", "CASE", "BETWEEN", "LIKE", "ILIKE", "IS", "AS", "ROW"];

    /// <summary>The members whose columns stand, or may stand, in the parameter's expression.</summary>
    public static IEnumerable<MemberShape> Of(MethodText text, int parameter, MethodColumns columns) =>
        Of(text, parameter, index => columns.EndingAt(text.Cursor, index, out _) ?? columns.PossiblyAt(text.Cursor, index));

    /// <summary>The members of other entities whose columns stand in the parameter's expression.</summary>
    public static IEnumerable<MemberShape> KnownOf(MethodText text, int parameter, MethodColumns columns) =>
        Of(text, parameter, index => columns.KnownAt(text.Cursor, index));

    private static IEnumerable<MemberShape> Of(MethodText text, int parameter, Func<int, MemberShape?> find)
    {
        (TokenCursor cursor, MethodCases cases) = (text.Cursor, text.Cases);
        (int first, int last) = Expression(cursor, parameter, cases);
        for (int index = first; index <= last; index++)
        {
            // Not the name that the result is given, nor a type.
            if (cases[index] == cases[parameter] && !cursor.IsWord(index - 1, "AS") && find(index) is { } member)
            {
                yield return member;
            }
        }
    }

    private static (int First, int Last) Expression(TokenCursor cursor, int parameter, MethodCases cases)
    {
        (int first, int last) = (parameter, parameter);
        while (true)
        {
            int open = OpenBefore(cursor, first);
            int close = open < 0 ? cursor.Count : CloseOf(cursor, open);
            bool isQuery = open >= 0 && MethodScopes.BeginsQuery(cursor, open);
            bool isCall = open >= 0 && !isQuery && (cursor.IsSymbol(open, '[') || (cursor.NameAt(open - 1) is not null && !cursor.IsWord(open - 1, s_beforeBracket)));
            (int from, int to) = cases[first] is var condition && condition > open ? (condition + 1, cases.EndOf(condition)) : (open + 1, close);
            (first, last) = Part(cursor, from, to, first, isCall);

            // What a bracket gives, or a query in one returns, belongs to what stands around it.
            bool isReturned = isQuery && (cursor.IsWord(first - 1, "SELECT") || (cursor.IsWord(first - 1, "DISTINCT") && cursor.IsWord(first - 2, "SELECT")));
            if (open < 0 || !(isReturned || (first == open + 1 && last == close - 1)))
            {
                return (first, last);
            }

            (first, last) = (open, close);
        }
    }

    /// <summary>What stands around a place, within a bracket, between the cuts.</summary>
    private static (int First, int Last) Part(TokenCursor cursor, int from, int to, int place, bool isCall)
    {
        int first = from;
        int cases = 0;
        bool isBetween = false;
        for (int index = from; index < to; index++)
        {
            if (cursor.Depth(index) > 0)
            {
                index = CloseOf(cursor, index);
                continue;
            }

            cases += cursor.IsWord(index, "CASE") ? 1 : cursor.IsWord(index, "END") ? -1 : 0;
            bool isOfBetween = isBetween && cursor.IsWord(index, "AND");
            isBetween = !isOfBetween && (isBetween || cursor.IsWord(index, "BETWEEN"));
            if (cases > 0 || isOfBetween || !Cuts(cursor, index, isCall))
            {
                continue;
            }

            if (index > place)
            {
                return (first, index - 1);
            }

            first = index + 1;
        }

        return (first, to - 1);
    }

    private static bool Cuts(TokenCursor cursor, int index, bool isCall) =>
        cursor.IsWord(index, "AND", "OR")
        || (!isCall && (cursor.IsSymbol(index, ',') || (cursor.IsWord(index, s_parts) && !IsDistinctFrom(cursor, index))));

    private static bool IsDistinctFrom(TokenCursor cursor, int index) =>
        (cursor.IsWord(index, "DISTINCT") && cursor.IsWord(index + 1, "FROM")) || (cursor.IsWord(index, "FROM") && cursor.IsWord(index - 1, "DISTINCT"));

    /// <summary>The bracket that a place stands in; -1: none.</summary>
    private static int OpenBefore(TokenCursor cursor, int place)
    {
        int depth = 0;
        for (int index = place - 1; index >= 0; index--)
        {
            depth += cursor.Depth(index);
            if (depth > 0)
            {
                return index;
            }
        }

        return -1;
    }

    public static int CloseOf(TokenCursor cursor, int open)
    {
        int depth = 0;
        for (int index = open; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth == 0)
            {
                return index;
            }
        }

        return cursor.Count;
    }
}
