using DbMove.Sql;

namespace DbMove.Analyzers.Usage.Texts;

/// <summary>
/// Finds the tables that a text writes, whatever engine it is for: in each of several statements, within common table
/// expressions, in the body of a <c>DO</c> block. What a statement only defines or explains is no write.
/// </summary>
internal sealed class WriteScanner
{
    private static readonly string[] s_verbs = ["INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "TRUNCATE", "COPY"];

    /// <summary>Words behind which a statement may begin, besides a bracket.</summary>
    private static readonly string[] s_openers = ["BEGIN", "THEN", "ELSE", "LOOP", "ANALYZE", "VERBOSE", "DO", "ATOMIC"];

    /// <summary>Words that are no table's name where one is expected.</summary>
    private static readonly string[] s_reserved = ["SET", "VALUES", "SELECT", "FROM", "INTO", "OF", "ON", "WHERE", "DEFAULT", "USING", "AS", "TO"];

    /// <summary>What may stand between a verb and its table.</summary>
    private static readonly string[] s_modifiers = ["LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE"];

    private readonly List<WrittenTable> _written;
    private readonly string _text;

    private WriteScanner(string text, List<WrittenTable> written) => (_text, _written) = (text, written);

    /// <summary>The tables, in order.</summary>
    public static List<WrittenTable> Scan(string text)
    {
        List<WrittenTable> written = [];
        if (s_verbs.Any(verb => text.IndexOf(verb, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            new WriteScanner(text, written).Scan();
        }

        return written;
    }

    private void Scan()
    {
        SqlToken[] tokens = [.. SqlTokenizer.Read(_text, TokenRules.AnyEngine)];
        TokenCursor all = new(_text, tokens);
        int first = 0;
        bool isInBody = false;
        for (int at = 0; at <= tokens.Length; at++)
        {
            if (at == tokens.Length || all.IsSymbol(at, ';'))
            {
                TokenCursor statement = new(_text, tokens.AsMemory(first, at - first));
                if (isInBody)
                {
                    isInBody = !statement.IsWord(0, "END") && !EndsBracket(statement);
                }
                else if (DefinesRoutine(statement))
                {
                    // A body may have semicolons of its own, between BEGIN and END or, of a rule, in brackets.
                    isInBody = (HasWord(statement, "BEGIN") && !statement.IsWord(statement.Count - 1, "END")) || Depth(statement) > 0;
                }
                else if (!statement.IsWord(0, "EXPLAIN") || HasWord(statement, "ANALYZE", "ANALYSE"))
                {
                    ScanStatement(statement, tokens.AsMemory(first, at - first));
                }

                first = at + 1;
            }
        }
    }

    private static bool DefinesRoutine(TokenCursor statement)
    {
        int at = 1;
        while (statement.IsWord(at, "OR", "REPLACE", "TEMP", "TEMPORARY", "CONSTRAINT"))
        {
            at++;
        }

        return statement.IsWord(0, "CREATE") && statement.IsWord(at, "TRIGGER", "RULE", "FUNCTION", "PROCEDURE");
    }

    private static int Depth(TokenCursor statement) => Enumerable.Range(0, statement.Count).Sum(statement.Depth);

    private static bool EndsBracket(TokenCursor statement) => Depth(statement) < 0;

    private static bool HasWord(TokenCursor statement, params string[] words) => Enumerable.Range(0, statement.Count).Any(at => statement.IsWord(at, words));

    private void ScanStatement(TokenCursor statement, ReadOnlyMemory<SqlToken> tokens)
    {
        for (int at = 0; at < statement.Count; at++)
        {
            if (statement[at].Kind == SqlTokenKind.Text && statement.IsWord(0, "DO") && statement.Text(at)[0] == '$')
            {
                new WriteScanner(Body(statement.Text(at).ToString()), _written).Scan();
            }
            else if (statement[at].Kind == SqlTokenKind.Word && BeginsStatement(statement, at))
            {
                TakeWrite(new WriteCursor(_text, tokens, at + 1), statement.Text(at).ToString().ToUpperInvariant());
            }
        }
    }

    /// <summary>What stands in dollar quotes.</summary>
    private static string Body(string quoted)
    {
        string tag = quoted.Substring(0, quoted.IndexOf('$', 1) + 1);
        int end = quoted.LastIndexOf(tag, StringComparison.Ordinal);
        return quoted.Substring(tag.Length, Math.Max(0, (end < tag.Length ? quoted.Length : end) - tag.Length));
    }

    private static bool BeginsStatement(TokenCursor statement, int at) =>
        at == 0
        || statement.IsWord(at - 1, s_openers)
        || (statement.IsWord(at - 1, "AS") && statement.IsWord(0, "PREPARE"))
        || statement[at - 1].Kind == SqlTokenKind.Hole
        || statement.IsSymbol(at - 1, '(')
        || statement.IsSymbol(at - 1, ')');

    private void TakeWrite(WriteCursor cursor, string verb)
    {
        switch (verb)
        {
            case "INSERT" or "REPLACE":
                SkipModifiers(cursor);
                if (cursor.Take("INTO") || (verb == "INSERT" && !cursor.IsSymbol('(')))
                {
                    TakeTable(cursor, verb);
                }

                break;
            case "UPDATE":
                SkipModifiers(cursor);
                cursor.TakeIfFollowed("ONLY");
                TakeTable(cursor, verb, onlyBefore: "SET");
                break;
            case "DELETE":
                SkipModifiers(cursor);
                if (cursor.Take("FROM"))
                {
                    cursor.TakeIfFollowed("ONLY");
                    TakeTable(cursor, verb);
                }

                break;
            case "MERGE":
                cursor.Take("INTO");
                cursor.TakeIfFollowed("ONLY");
                TakeTable(cursor, verb, onlyBefore: "USING");
                break;
            case "TRUNCATE":
                cursor.Take("TABLE");
                do
                {
                    cursor.TakeIfFollowed("ONLY");
                    TakeTable(cursor, verb);
                    cursor.Take('*');
                }
                while (cursor.Take(','));
                break;
            case "COPY":
                TakeCopied(cursor);
                break;
        }
    }

    // OR IGNORE, OR REPLACE and their like are SQLite's.
    private static void SkipModifiers(WriteCursor cursor)
    {
        if (cursor.Take("OR"))
        {
            cursor.At++;
        }

        while (cursor.IsWord(s_modifiers))
        {
            cursor.At++;
        }
    }

    private void TakeTable(WriteCursor cursor, string verb, string? onlyBefore = null)
    {
        if (Table(cursor, verb) is { } table && (onlyBefore is null || cursor.HasAhead(onlyBefore)))
        {
            _written.Add(table);
        }
    }

    private void TakeCopied(WriteCursor cursor)
    {
        if (Table(cursor, "COPY") is { } table)
        {
            cursor.SkipBrackets();
            if (cursor.Take("FROM"))
            {
                _written.Add(table);
            }
        }
    }

    private static WrittenTable? Table(WriteCursor cursor, string verb) =>
        !cursor.IsWord(s_reserved) && cursor.TakeName() is { Count: > 0 } parts && parts[parts.Count - 1] is { } name
            ? new WrittenTable(verb, parts.Count > 1 ? parts[parts.Count - 2] : null, name)
            : null;
}
