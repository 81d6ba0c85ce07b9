namespace DbMove.Sql;

/// <summary>
/// Tells what a statement does from its words. What it does not know is <see cref="StatementKind.Unknown"/>, never a read: a
/// write that is taken for a read is lost at the switch.
/// </summary>
internal static class StatementRecognizer
{
    private static readonly Dictionary<string, StatementKind> s_verbs = Words(
        (StatementKind.Definition, "CREATE ALTER DROP COMMENT GRANT REVOKE REASSIGN REINDEX VACUUM ANALYZE CLUSTER REFRESH SECURITY IMPORT ATTACH DETACH"),
        (StatementKind.Transaction, "BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE PREPARE"),
        (StatementKind.Session, "SET RESET DISCARD LISTEN UNLISTEN NOTIFY LOAD LOCK DECLARE FETCH MOVE CLOSE DEALLOCATE EXECUTE CHECKPOINT USE COPY"),
        (StatementKind.Read, "SELECT VALUES TABLE SHOW"));

    private static readonly HashSet<string> s_sessionFunctions =
        new(["LAST_INSERT_ROWID", "CHANGES", "TOTAL_CHANGES", "LASTVAL", "CURRVAL", "LAST_INSERT_ID", "ROW_COUNT"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word alone is a statement's verb that DbMove knows.</summary>
    public static bool IsVerb(string word) => s_verbs.ContainsKey(word.ToUpperInvariant());

    public static RecognizedStatement Recognize(string text, ReadOnlyMemory<SqlToken> tokens)
    {
        TokenCursor cursor = new(text, tokens);
        string verb = LeadingWord(cursor);
        RecognizedStatement statement = new()
        {
            Kind = StatementKind.Unknown,
            Text = text,
            Verb = verb,
            Reason = "DbMove does not know this statement",
            Names = [.. Enumerable.Range(0, cursor.Count).Select(index => cursor.NameAt(index)).OfType<SqlName>()],
            Calls = FunctionCalls.In(cursor),
            NeedsSession = Enumerable.Range(0, cursor.Count).Any(index => cursor.IsSymbol(index + 1, '(') && cursor.NameAt(index) is { } name && s_sessionFunctions.Contains(name.Text)),
        };
        switch (verb)
        {
            case "WITH":
                return RecognizeWith(statement, cursor);
            case "INSERT" or "REPLACE" or "UPDATE" or "DELETE":
                return WriteRecognizer.Recognize(statement, cursor, 0);
            case "MERGE":
                cursor.At = 1;
                cursor.Take("INTO");
                cursor.Take("ONLY");
                return statement with { Kind = StatementKind.UnknownRows, Reason = "MERGE does not tell which rows it changed", Table = cursor.TakeTable() };
            case "TRUNCATE":
                return statement with { Kind = StatementKind.UnknownRows, Reason = "TRUNCATE does not tell which rows it removed", ReachesAll = cursor.Find(0, "CASCADE") >= 0 };
            case "CALL" or "DO":
                return statement with { Kind = StatementKind.UnknownRows, Reason = "what runs on the server may write any table", ReachesAll = true };
            case "EXPLAIN":
                return HasWord(cursor, "ANALYZE") || HasWord(cursor, "ANALYSE")
                    ? statement with { Reason = "EXPLAIN ANALYZE runs what it explains" }
                    : AsRead(statement);
            case "PRAGMA":
                return PragmaRecognizer.Recognize(statement, cursor);
        }

        return !s_verbs.TryGetValue(verb, out StatementKind kind) ? statement
            : kind == StatementKind.Read ? CheckRead(statement, cursor)
            : statement with { Kind = kind, Reason = null };
    }

    /// <summary>A statement that begins with a query may still write: in a common table expression, or into a new table.</summary>
    private static RecognizedStatement CheckRead(RecognizedStatement statement, TokenCursor cursor)
    {
        if (InnerWrite.IsIn(cursor))
        {
            return statement with { Kind = StatementKind.UnknownRows, Reason = InnerWrite.Reason };
        }

        return HasWord(cursor, "INTO") ? statement with { Kind = StatementKind.Definition, Verb = "SELECT INTO", Reason = null } : AsRead(statement);
    }

    private static RecognizedStatement AsRead(RecognizedStatement statement) => statement with { Kind = StatementKind.Read, Reason = null };

    private static RecognizedStatement RecognizeWith(RecognizedStatement statement, TokenCursor cursor)
    {
        if (InnerWrite.IsIn(cursor))
        {
            return statement with { Kind = StatementKind.UnknownRows, Reason = InnerWrite.Reason };
        }

        // The statement proper follows the bracket of the last expression; a column or an expression may be named like a verb.
        int depth = 0;
        for (int index = 0; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth == 0 && cursor.IsSymbol(index - 1, ')'))
            {
                if (cursor.IsWord(index, "SELECT", "VALUES", "TABLE"))
                {
                    return CheckRead(statement, cursor);
                }

                if (cursor.IsWord(index, "INSERT", "UPDATE", "DELETE", "REPLACE"))
                {
                    return WriteRecognizer.Recognize(statement with { Verb = cursor.Text(index).ToString().ToUpperInvariant() }, cursor, index);
                }

                if (cursor.IsWord(index, "MERGE"))
                {
                    return statement with { Kind = StatementKind.UnknownRows, Reason = "MERGE does not tell which rows it changed" };
                }
            }
        }

        return statement;
    }

    private static bool HasWord(TokenCursor cursor, string word)
    {
        for (int index = 0; index < cursor.Count; index++)
        {
            if (cursor.IsWord(index, word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first word; brackets before a query do not count.</summary>
    private static string LeadingWord(TokenCursor cursor)
    {
        int index = 0;
        while (cursor.IsSymbol(index, '('))
        {
            index++;
        }

        bool isQuery = index == 0 || cursor.IsWord(index, "SELECT", "VALUES", "WITH", "TABLE");
        return isQuery && index < cursor.Count && cursor[index].Kind == SqlTokenKind.Word
            ? index > 0 && cursor.IsWord(index, "WITH") ? "SELECT" : cursor.Text(index).ToString().ToUpperInvariant()
            : "the statement";
    }

    private static Dictionary<string, StatementKind> Words(params (StatementKind Kind, string Verbs)[] kinds) =>
        kinds.SelectMany(static kind => kind.Verbs.Split(' '), static (kind, verb) => (Verb: verb, kind.Kind)).ToDictionary(static word => word.Verb, static word => word.Kind, StringComparer.Ordinal);
}
