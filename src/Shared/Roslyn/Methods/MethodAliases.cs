using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The names that a statement gives to what it returns and to tables, and the types that it names: none of them is a column.</summary>
internal sealed class MethodAliases
{
    // What an operand may follow; behind every other word it is a name that is given.
    private static readonly string[] s_beforeOperand =
    [
        "SELECT", "DISTINCT", "ALL", "WHERE", "AND", "OR", "NOT", "ON", "SET", "BY", "LIMIT", "OFFSET", "BETWEEN", "SYMMETRIC", "LIKE", "ILIKE", "GLOB", "REGEXP", "MATCH", "SIMILAR", "TO", "IN", "IS",
        "FROM", "WHEN", "THEN", "ELSE", "CASE", "HAVING", "RETURNING", "ESCAPE", "USING", "INTO", "UPDATE", "JOIN", "ONLY", "LATERAL", "ANY", "SOME", "EXISTS", "VALUES", "TABLE", "FETCH", "FIRST", "NEXT", "ZONE",
    ];

    private readonly TokenCursor _cursor;
    private readonly MethodScopes _scopes;

    // By what they are names of: in the ORDER BY of one query, those that another gives mean nothing.
    private readonly Dictionary<int, HashSet<string>> _given = [];

    public MethodAliases(TokenCursor cursor, MethodScopes scopes)
    {
        (_cursor, _scopes) = (cursor, scopes);
        for (int index = 0; index < cursor.Count; index++)
        {
            if (IsGiven(index) && cursor.NameAt(index) is { } name)
            {
                int result = scopes.ResultAt(index);
                if (!_given.TryGetValue(result, out HashSet<string>? names))
                {
                    _given.Add(result, names = new HashSet<string>(StringComparer.OrdinalIgnoreCase));
                }

                names.Add(name.Text);
            }
        }
    }

    /// <summary>Whether the name at a place is no column's.</summary>
    /// <param name="index">The place.</param>
    /// <param name="isResult">Whether no column of the table can have that name, so that a group is one of the result.</param>
    public bool IsAt(int index, bool isResult) =>
        IsGiven(index) || IsType(index) || (_cursor.NameAt(index) is { } name && _given.TryGetValue(_scopes.ResultAt(index), out HashSet<string>? names) && names.Contains(name.Text) && IsOrder(index, isResult));

    private bool IsType(int index) => index > 0 && _cursor[index - 1].Kind == SqlTokenKind.Symbol && _cursor.Text(index - 1).SequenceEqual("::".AsSpan());

    private bool IsGiven(int index) => _cursor.NameAt(index) is not null && index > 0 && (_cursor.IsWord(index - 1, "AS") || EndsOperand(index - 1));

    private bool EndsOperand(int index) => _cursor[index].Kind switch
    {
        SqlTokenKind.Number or SqlTokenKind.Text or SqlTokenKind.Parameter or SqlTokenKind.QuotedName => true,
        SqlTokenKind.Word => !_cursor.IsWord(index, s_beforeOperand),
        _ => _cursor.IsSymbol(index, ']') || (_cursor.IsSymbol(index, ')') && !IsDistinctOn(index)),
    };

    // SELECT DISTINCT ON (a) b
    private bool IsDistinctOn(int close)
    {
        int open = OpenOf(close);
        return _cursor.IsWord(open - 1, "ON") && _cursor.IsWord(open - 2, "DISTINCT");
    }

    /// <summary>Whether it stands by itself in the ORDER BY of a query, where the names of the result come first; in GROUP BY they come last.</summary>
    private bool IsOrder(int index, bool isResult)
    {
        bool isWhole = (_cursor.IsWord(index - 1, "BY") || _cursor.IsSymbol(index - 1, ','))
            && (index + 1 >= _cursor.Count || _cursor.IsSymbol(index + 1, ',') || _cursor.IsSymbol(index + 1, ')') || (_cursor[index + 1].Kind == SqlTokenKind.Word && !_cursor.IsWord(index + 1, "COLLATE")));
        for (int at = index - 1; isWhole && at > 0; at--)
        {
            if (_cursor.Depth(at) < 0)
            {
                at = OpenOf(at);
            }
            else if (_cursor.IsWord(at, "BY"))
            {
                return _cursor.IsWord(at - 1, "ORDER") ? !IsWindow(at - 1) : isResult && _cursor.IsWord(at - 1, "GROUP");
            }
            else if (_cursor.Depth(at) > 0 || _cursor.IsWord(at, "SELECT", "FROM", "WHERE", "SET", "VALUES", "HAVING", "RETURNING"))
            {
                return false;
            }
        }

        return false;
    }

    // OVER (ORDER BY a), and that of an aggregate, know columns only.
    private bool IsWindow(int order)
    {
        for (int at = order - 1; at >= 0; at--)
        {
            if (_cursor.Depth(at) < 0)
            {
                at = OpenOf(at);
            }
            else if (_cursor.Depth(at) > 0)
            {
                return !MethodScopes.BeginsQuery(_cursor, at);
            }
        }

        return false;
    }

    private int OpenOf(int close)
    {
        int depth = 0;
        for (int index = close; index >= 0; index--)
        {
            depth += _cursor.Depth(index);
            if (depth == 0)
            {
                return index;
            }
        }

        return 0;
    }
}
