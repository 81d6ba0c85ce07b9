namespace DbMove.Sql;

/// <summary>Tells the pragmas that only answer from those that change the connection or the file.</summary>
internal static class PragmaRecognizer
{
    /// <summary>These answer whatever stands in their brackets.</summary>
    private static readonly HashSet<string> s_questions = Set("table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list foreign_key_check quick_check integrity_check");

    /// <summary>These answer when nothing is assigned to them.</summary>
    private static readonly HashSet<string> s_settings = Set("user_version schema_version application_id journal_mode foreign_keys encoding page_size page_count freelist_count database_list collation_list function_list compile_options data_version synchronous");

    public static RecognizedStatement Recognize(RecognizedStatement statement, TokenCursor cursor)
    {
        cursor.At = 1;
        string name = cursor.TakeTable()?.Name.Text ?? string.Empty;
        return (s_questions.Contains(name) && !cursor.IsSymbol(cursor.At, '=')) || (s_settings.Contains(name) && cursor.IsAtEnd)
            ? statement with { Kind = StatementKind.Read, Reason = null }
            : statement with { Kind = StatementKind.Session, Reason = null };
    }

    private static HashSet<string> Set(string names) => new(names.Split(' '), StringComparer.OrdinalIgnoreCase);
}
