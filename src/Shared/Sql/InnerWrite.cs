namespace DbMove.Sql;

/// <summary>A statement that writes within another one: a common table expression with a verb of its own.</summary>
internal static class InnerWrite
{
    /// <summary>Why nothing tells its rows.</summary>
    public const string Reason = "a common table expression changes rows, and nothing outside it tells which";

    /// <summary>
    /// Whether a verb that writes stands where a bracket begins, or follows an inner WITH, and a name follows it: a column
    /// may be called like a verb.
    /// </summary>
    public static bool IsIn(TokenCursor cursor)
    {
        int depth = 0;
        for (int index = 0; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth > 0
                && (cursor.IsSymbol(index - 1, '(') || cursor.IsSymbol(index - 1, ')'))
                && cursor.IsWord(index, "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE")
                && cursor.NameAt(index + 1) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
