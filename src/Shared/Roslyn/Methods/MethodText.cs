using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>A text of a <c>[Sql]</c> method, cut into tokens. Nobody knows which engine will read it.</summary>
internal sealed class MethodText
{
    // What either engine would not read certainly in one way is an error when the statement runs, so it is one here.
    private static readonly TokenRules s_rules = TokenRules.AnyEngine with { ReadsOn = false };

    private MethodText(string text, RecognizedStatement? statement, int statements, SqlToken[] tokens)
    {
        (Text, Statement, Statements, Cursor) = (text, statement, statements, new TokenCursor(text, tokens));
        Tables = MethodTables.Find(Cursor);
    }

    /// <summary>The statement alone.</summary>
    public string Text { get; }

    /// <summary>The one statement; null when there is none, or more.</summary>
    public RecognizedStatement? Statement { get; }

    public int Statements { get; }

    public TokenCursor Cursor { get; }

    public MethodTables Tables { get; }

    public bool IsRead => Statement?.Kind == StatementKind.Read;

    public bool IsWrite => Statement?.Kind == StatementKind.Rows;

    public bool HasReturning => Statement is { ReturningEnd: >= 0 };

    /// <summary>The names of its parameters as they are written, <c>@</c> and all, each once.</summary>
    public ImmutableArray<string> Parameters
    {
        get
        {
            TokenCursor cursor = Cursor;
            return [.. Enumerable.Range(0, cursor.Count).Where(index => cursor[index].Kind == SqlTokenKind.Parameter).Select(index => cursor.Text(index).ToString()).Distinct(StringComparer.Ordinal)];
        }
    }

    public static MethodText Read(string text)
    {
        List<RecognizedStatement> statements = StatementSplitter.Split(text, s_rules);
        if (statements is not [{ } only])
        {
            return new MethodText(text, null, statements.Count, []);
        }

        try
        {
            return new MethodText(only.Text, only, 1, [.. SqlTokenizer.Read(only.Text, s_rules)]);
        }
        catch (FormatException)
        {
            // The splitter has met it too, and called the statement unknown.
            return new MethodText(only.Text, only, 1, []);
        }
    }
}
