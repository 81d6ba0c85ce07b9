namespace DbMove.Sql;

/// <summary>
/// Finds what a statement calls: a name before a bracket. It may find a name that is none of a function, never overlook one: only
/// words that no function can be called by, and places where none can stand, are left out.
/// </summary>
internal static class FunctionCalls
{
    /// <summary>Reserved words, and those of types and of expressions with a grammar of their own.</summary>
    private static readonly HashSet<string> s_words = new(string.Join(
        " ",
        "ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BOTH CASE CAST CHECK COLLATE CONSTRAINT DEFAULT DESC DISTINCT DO ELSE END EXCEPT FETCH FOR FROM GRANT GROUP HAVING IN INTERSECT INTO LATERAL",
        "LEADING LIMIT NOT NULL OFFSET ON ONLY OR ORDER PRIMARY REFERENCES RETURNING SELECT SOME SYMMETRIC THEN TO TRAILING UNION UNIQUE USING VARIADIC WHEN WHERE WINDOW WITH JOIN CROSS INNER OUTER FULL NATURAL LIKE ILIKE SIMILAR IS",
        "BETWEEN BIGINT BIT BOOLEAN CHAR CHARACTER COALESCE DEC DECIMAL EXISTS EXTRACT FLOAT GREATEST GROUPING INT INTEGER INTERVAL LEAST NATIONAL NCHAR NULLIF NUMERIC OVERLAY POSITION REAL ROW",
        "SMALLINT SUBSTRING TIME TIMESTAMP TREAT TRIM VALUES VARCHAR XMLATTRIBUTES XMLCONCAT XMLELEMENT XMLFOREST XMLPARSE XMLPI XMLROOT XMLSERIALIZE").Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>The calls, in order.</summary>
    public static List<SqlCall> In(TokenCursor cursor)
    {
        List<SqlCall> calls = [];
        for (int at = 0; at < cursor.Count; at++)
        {
            if (cursor.IsSymbol(at + 1, '(') && cursor.NameAt(at) is { } name && MayBeCall(cursor, at))
            {
                SqlName? schema = cursor.IsSymbol(at - 1, '.') ? cursor.NameAt(at - 2) : null;
                calls.Add(new SqlCall(schema, name, IsLocalSetting(cursor, at, name)));
            }
        }

        return calls;
    }

    private static bool MayBeCall(TokenCursor cursor, int at) =>
        cursor.IsSymbol(at - 1, '.')
        || (!(cursor[at].Kind == SqlTokenKind.Word && (s_words.Contains(cursor.Text(at).ToString()) || IsInGrammar(cursor, at)))

            // An alias with its columns, the name of a common table expression, an index hint.
            && !cursor.IsSymbol(at - 1, ')')
            && !cursor.IsWord(at - 1, "AS", "WITH", "RECURSIVE"));

    /// <summary>Words that are a function's name elsewhere, and cannot be one here.</summary>
    private static bool IsInGrammar(TokenCursor cursor, int at) =>
        (cursor.IsWord(at, "MATERIALIZED") && cursor.IsWord(at - 1, "AS", "NOT"))
        || (cursor.IsWord(at, "BY") && cursor.IsWord(at - 1, "PARTITION", "ORDER", "GROUP"))
        || (cursor.IsWord(at, "SETS") && cursor.IsWord(at - 1, "GROUPING"));

    /// <summary>
    /// Whether it is <c>set_config('of.caller', …, true)</c>. A name with a point is never the server's own, so no plan, no search
    /// path and no durability hangs on it.
    /// </summary>
    private static bool IsLocalSetting(TokenCursor cursor, int at, SqlName name)
    {
        if (!name.Text.Equals("set_config", StringComparison.OrdinalIgnoreCase)
            || !cursor.IsSymbol(at + 3, ',') || cursor[at + 2].Kind != SqlTokenKind.Text || cursor.Text(at + 2)[0] != '\'' || cursor.Text(at + 2).IndexOf('.') < 0)
        {
            return false;
        }

        int depth = 0;
        for (int index = at + 1; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth == 0)
            {
                return cursor.IsWord(index - 1, "TRUE") && cursor.IsSymbol(index - 2, ',');
            }
        }

        return false;
    }
}
