using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>How far what stands for a parameter's value reaches: brackets, casts and what only gives another value in its place belong to it.</summary>
internal static class MethodOperands
{
    /// <summary>The first and the last token.</summary>
    /// <param name="cursor">The statement.</param>
    /// <param name="parameter">The parameter's place.</param>
    /// <param name="cast">Whether a cast makes another value of it.</param>
    public static (int First, int Last) Of(TokenCursor cursor, int parameter, out MethodCast cast)
    {
        (int first, int last) = (parameter, parameter);
        cast = MethodCast.None;
        while (true)
        {
            (int, int) before = (first, last);
            if (cursor.Count > last + 2 && cursor[last + 1].Kind == SqlTokenKind.Symbol && cursor.Text(last + 1).SequenceEqual("::".AsSpan()) && cursor.NameAt(last + 2) is not null)
            {
                cast = cast == MethodCast.None && !cursor.IsWord(last + 2, "TEXT", "VARCHAR", "CHAR", "CHARACTER", "BPCHAR", "NAME", "CITEXT") ? MethodCast.Typed : cast;
                last = EndOfType(cursor, last + 2);
            }
            else if (cursor.IsSymbol(first - 1, '(') && cursor.IsWord(first - 2, "CAST") && cursor.IsWord(last + 1, "AS") && Close(cursor, first - 1) is { } end)
            {
                cast = MethodCast.Called;
                (first, last) = (first - 2, end);
            }
            else if (cursor.IsSymbol(first - 1, '(') && cursor.IsSymbol(last + 1, ')') && (first < 2 || cursor[first - 2].Kind == SqlTokenKind.Symbol ? !IsRow(cursor, first - 1) : Precedes(cursor, first - 2)))
            {
                (first, last) = (first - 1, last + 1);
            }
            else if (Choice(cursor, first, last) is { } choice)
            {
                (first, last) = choice;
            }

            if (before == (first, last))
            {
                return before;
            }
        }
    }

    /// <summary>Whether what stands before a place lets an operand begin behind it.</summary>
    public static bool Begins(TokenCursor cursor, int before) =>
        before < 0 || cursor.IsSymbol(before, '(') || cursor.IsSymbol(before, ',') || Precedes(cursor, before);

    /// <summary>Whether what stands at a place ends the operand before it.</summary>
    public static bool Ends(TokenCursor cursor, int at) =>
        at >= cursor.Count || cursor.IsSymbol(at, ')') || cursor.IsSymbol(at, ',')
        || (cursor[at].Kind == SqlTokenKind.Word && !cursor.IsWord(at, "COLLATE", "AT", "IS", "LIKE", "ILIKE", "IN", "BETWEEN", "ESCAPE"));

    private static bool Precedes(TokenCursor cursor, int at) =>
        cursor.IsWord(at, "WHERE", "AND", "OR", "NOT", "ON", "SET", "WHEN", "HAVING", "CASE", "SELECT", "THEN", "ELSE", "BY", "RETURNING", "FROM", "LIKE", "ILIKE", "BETWEEN", "IS");

    /// <summary>The last token of a type: double precision, timestamp(3) with time zone, text[].</summary>
    private static int EndOfType(TokenCursor cursor, int first)
    {
        int last = first;
        while (cursor.IsSymbol(last + 1, '.') && cursor.NameAt(last + 2) is not null)
        {
            last += 2;
        }

        last += cursor.IsWord(last + 1, "PRECISION", "VARYING") ? 1 : 0;
        last = cursor.IsSymbol(last + 1, '(') ? Close(cursor, last + 1) ?? last : last;
        last += cursor.IsWord(last + 1, "WITH", "WITHOUT") && cursor.IsWord(last + 2, "TIME") && cursor.IsWord(last + 3, "ZONE") ? 3 : 0;
        while (cursor.IsSymbol(last + 1, '['))
        {
            last = Close(cursor, last + 1) ?? cursor.Count - 1;
        }

        return last;
    }

    // VALUES (1), (@p): a row, not a value in brackets.
    private static bool IsRow(TokenCursor cursor, int bracket) => cursor.IsSymbol(bracket - 1, ',');

    /// <summary>COALESCE(@p, …) and CASE … THEN @p … END give the value where they stand.</summary>
    private static (int, int)? Choice(TokenCursor cursor, int first, int last)
    {
        if (cursor.IsWord(first - 1, "THEN", "ELSE") && cursor.IsWord(last + 1, "WHEN", "ELSE", "END"))
        {
            int open = Nested(cursor, first - 1, -1, "CASE", "END");
            int close = Nested(cursor, last + 1, 1, "END", "CASE");
            return open >= 0 && close >= 0 ? (open, close) : null;
        }

        if (!(cursor.IsSymbol(first - 1, '(') || cursor.IsSymbol(first - 1, ',')) || !(cursor.IsSymbol(last + 1, ')') || cursor.IsSymbol(last + 1, ',')))
        {
            return null;
        }

        int depth = 0;
        for (int bracket = first - 1; bracket > 0; bracket--)
        {
            depth += cursor.Depth(bracket);
            if (depth > 0)
            {
                return cursor.IsWord(bracket - 1, "COALESCE", "IFNULL") && Close(cursor, bracket) is { } close ? (bracket - 1, close) : null;
            }
        }

        return null;
    }

    private static int? Close(TokenCursor cursor, int bracket)
    {
        int depth = 0;
        for (int index = bracket; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth == 0)
            {
                return index;
            }
        }

        return null;
    }

    private static int Nested(TokenCursor cursor, int from, int step, string wanted, string opposite)
    {
        int depth = 0;
        for (int index = from; index >= 0 && index < cursor.Count; index += step)
        {
            if (cursor.IsWord(index, opposite))
            {
                depth++;
            }
            else if (cursor.IsWord(index, wanted) && depth-- == 0)
            {
                return index;
            }
        }

        return -1;
    }
}
