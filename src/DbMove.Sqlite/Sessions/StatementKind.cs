namespace DbMove.Sqlite.Sessions;

/// <summary>What a control statement's first word tells.</summary>
internal static class StatementKind
{
    /// <summary>Whether it certainly writes nothing, so that it needs no write lock.</summary>
    public static bool IsRead(string sql) => StartsWith(sql, "SELECT") || StartsWith(sql, "PRAGMA") || StartsWith(sql, "EXPLAIN");

    /// <summary>Whether it is worth keeping prepared: not the definition of a table.</summary>
    public static bool IsRepeated(string sql) =>
        StartsWith(sql, "SELECT") || StartsWith(sql, "INSERT") || StartsWith(sql, "UPDATE") || StartsWith(sql, "DELETE") || StartsWith(sql, "WITH");

    private static bool StartsWith(string sql, string word) => sql.AsSpan().TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
