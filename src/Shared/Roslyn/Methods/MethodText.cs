using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>A text of a <c>[Sql]</c> method, cut into tokens. Nobody knows which engine will read it.</summary>
internal sealed class MethodText
{
    // What either engine would not read certainly in one way is an error when the statement runs, so it is one here.
    private static readonly TokenRules s_rules = TokenRules.AnyEngine with { ReadsOn = false };

    private static readonly ImmutableHashSet<string> s_beforeOperand = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "WHERE", "AND", "OR", "NOT", "ON", "SELECT", "DISTINCT", "SET", "BY", "LIMIT", "OFFSET", "BETWEEN", "LIKE", "ILIKE", "IN", "IS", "FROM", "WHEN", "THEN", "ELSE", "CASE", "HAVING", "RETURNING", "ESCAPE", "FETCH", "FIRST", "NEXT");

    private MethodText(string text, RecognizedStatement? statement, int statements, SqlToken[] tokens)
    {
        (Text, Statement, Statements, Cursor) = (text, statement, statements, new TokenCursor(text, tokens));
        Tables = new MethodTables(Cursor);
        Cases = new MethodCases(Cursor);
    }

    /// <summary>The statement alone.</summary>
    public string Text { get; }

    /// <summary>The one statement; null when there is none, or more.</summary>
    public RecognizedStatement? Statement { get; }

    public int Statements { get; }

    public TokenCursor Cursor { get; }

    public MethodTables Tables { get; }

    public MethodCases Cases { get; }

    public bool IsRead => Statement?.Kind == StatementKind.Read;

    public bool IsWrite => Statement?.Kind == StatementKind.Rows;

    public bool HasReturning => Statement is { ReturningEnd: >= 0 };

    /// <summary>The names of its parameters as they are written, <c>@</c> and all, each once.</summary>
    public ImmutableArray<string> Parameters
    {
        get
        {
            TokenCursor cursor = Cursor;
            return [.. Enumerable.Range(0, cursor.Count).Where(index => cursor[index].Kind == SqlTokenKind.Parameter && !IsOperator(cursor, index)).Select(index => cursor.Text(index).ToString()).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether a name stands in it, whatever it means there.</summary>
    public bool Names(string name) => Statement?.Names.Any(found => string.Equals(found.Text, name, StringComparison.OrdinalIgnoreCase)) == true;

    // PostgreSQL's ?, ?|, ?& and @? stand between operands; a placeholder does not.
    private static bool IsOperator(TokenCursor cursor, int index)
    {
        int before = cursor.IsSymbol(index - 1, '@') ? index - 2 : index - 1;
        return cursor[index].Length == 1
            && before >= 0
            && (cursor.IsSymbol(before, ')') || cursor.IsSymbol(before, ']')
                || cursor[before].Kind is SqlTokenKind.QuotedName or SqlTokenKind.Text or SqlTokenKind.Parameter
                || (cursor[before].Kind == SqlTokenKind.Word && !s_beforeOperand.Contains(cursor.Text(before).ToString())));
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
