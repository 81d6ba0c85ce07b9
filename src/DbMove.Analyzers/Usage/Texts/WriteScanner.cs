using DbMove.Sql;

namespace DbMove.Analyzers.Usage.Texts;

/// <summary>
/// Finds the tables that a text writes, whatever engine it is for: in each of several statements, within common table
/// expressions, in the body of a <c>DO</c> block. What a statement only defines or explains is no write.
/// </summary>
internal sealed partial class WriteScanner
{
    private static readonly string[] s_verbs = ["INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "TRUNCATE", "COPY", "LOAD"];

    /// <summary>Words behind which a statement may begin, besides a bracket.</summary>
    private static readonly string[] s_openers = ["BEGIN", "THEN", "ELSE", "LOOP", "ANALYZE", "VERBOSE", "DO", "ATOMIC"];

    /// <summary>Words that a head begins with, which a bracket may end.</summary>
    private static readonly string[] s_heads = ["WITH", "EXPLAIN"];

    /// <summary>Words behind which a statement has begun.</summary>
    private static readonly string[] s_mains = ["SELECT", "VALUES", "FROM", "INTO"];

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
        || (statement.IsSymbol(at - 1, ')') && FollowsHead(statement, at - 1));

    /// <summary>Whether a bracket ends the head of a statement, a <c>WITH</c> or an <c>EXPLAIN (…)</c>: behind any other one a verb is a name.</summary>
    private static bool FollowsHead(TokenCursor statement, int at)
    {
        int depth = 0;
        for (; at >= 0 && depth >= 0; at--)
        {
            depth -= statement.Depth(at);
            if (depth == 0 && (statement.IsWord(at, s_heads) || (IsFirst(statement, at) && (statement[at].Kind == SqlTokenKind.Hole || statement.IsWord(at, "IF", "WHILE")))))
            {
                return true;
            }

            if (depth == 0 && statement.IsWord(at, s_mains))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsFirst(TokenCursor statement, int at) => at == 0 || statement.IsSymbol(at - 1, '(') || statement.IsWord(at - 1, s_openers);
}
