using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The queries within a statement: which of them each token stands in. 0 is the statement itself.</summary>
internal sealed class MethodScopes
{
    // What follows the tables of a query.
    private static readonly string[] s_behindTables =
    [
        "WHERE", "GROUP", "ORDER", "HAVING", "SELECT", "SET", "LIMIT", "OFFSET", "FETCH", "RETURNING", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "FOR", "VALUES", "DO", "UPDATE",
    ];

    private readonly int[] _scopes;
    private readonly bool[] _commas;
    private readonly List<int> _parents = [-1];
    private readonly List<int> _results = [0];

    public MethodScopes(TokenCursor cursor)
    {
        _scopes = new int[cursor.Count];
        _commas = new bool[cursor.Count];
        Stack<(int Scope, bool IsQuery, bool IsTables)> brackets = new();
        (int scope, bool isQuery, bool isTables) = (0, true, false);
        bool inserts = false;
        for (int index = 0; index < cursor.Count; index++)
        {
            if (isQuery)
            {
                inserts |= brackets.Count == 0 && cursor.IsWord(index, "INSERT", "REPLACE") && !cursor.IsSymbol(index + 1, '(');
                if (cursor.IsWord(index, "UNION", "INTERSECT", "EXCEPT"))
                {
                    scope = Add(_parents[scope], _results[scope]);
                }
                else if (inserts && brackets.Count == 0 && cursor.IsWord(index, "SELECT"))
                {
                    // It does not see the row that is inserted; what follows its end does.
                    scope = Add(-1);
                }
                else if (inserts && brackets.Count == 0 && (cursor.IsWord(index, "RETURNING") || (cursor.IsWord(index, "ON") && cursor.IsWord(index + 1, "CONFLICT"))))
                {
                    scope = 0;
                }
            }

            // Not EXTRACT(YEAR FROM placed), nor IS DISTINCT FROM.
            isTables = !cursor.IsWord(index, s_behindTables) && (isTables || cursor.IsWord(index, "JOIN") || (isQuery && cursor.IsWord(index, "FROM") && !cursor.IsWord(index - 1, "DISTINCT")));
            _scopes[index] = scope;
            _commas[index] = isTables && cursor.IsSymbol(index, ',');
            int depth = cursor.Depth(index);
            if (depth > 0)
            {
                brackets.Push((scope, isQuery, isTables));
                bool isResult = isQuery && IsWhole(cursor, index);
                isQuery = BeginsQuery(cursor, index);

                // A query in place of a table, and one that is given a name beforehand, see what is around the query that they stand in,
                // and not its tables; behind LATERAL these too.
                bool isTable = isTables && (cursor.IsWord(index - 1, "FROM", "JOIN", "USING") || cursor.IsSymbol(index - 1, ',') || cursor.IsSymbol(index - 1, '('));
                bool isApart = isTable || cursor.IsWord(index - 1, "AS", "MATERIALIZED");
                scope = !isQuery ? scope : Add(isApart ? _parents[scope] : scope, isResult ? _results[scope] : null);
                isTables = isTable && !isQuery && !cursor.IsWord(index - 1, "USING");
            }
            else if (depth < 0 && brackets.Count > 0)
            {
                (scope, isQuery, isTables) = brackets.Pop();
            }
        }
    }

    /// <summary>The query that a token stands in.</summary>
    public int this[int index] => index < _scopes.Length ? _scopes[index] : 0;

    /// <summary>The query around one; -1: there is none whose tables it sees.</summary>
    public int ParentOf(int scope) => _parents[scope];

    /// <summary>What a token's query gives rows of: the same for the queries of a UNION.</summary>
    public int ResultAt(int index) => _results[this[index]];

    /// <summary>Whether a token is a comma behind which a table stands.</summary>
    public bool IsBetweenTables(int index) => _commas[index];

    /// <summary>Whether a query begins behind a bracket.</summary>
    public static bool BeginsQuery(TokenCursor cursor, int bracket)
    {
        if (!cursor.IsSymbol(bracket, '('))
        {
            return false;
        }

        // ((SELECT …) UNION …), and not ((SELECT …) AS a JOIN …)
        return cursor.IsWord(bracket + 1, "SELECT", "WITH", "VALUES", "TABLE")
            || (BeginsQuery(cursor, bracket + 1) && MethodNeighbours.CloseOf(cursor, bracket + 1) + 1 is var behind
                && (cursor.IsSymbol(behind, ')') || cursor.IsWord(behind, "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR")));
    }

    /// <summary>Whether a bracket holds the query that it stands in, or one of the queries of its UNION.</summary>
    private static bool IsWhole(TokenCursor cursor, int bracket)
    {
        int before = cursor.IsWord(bracket - 1, "ALL", "DISTINCT") ? bracket - 2 : bracket - 1;
        return bracket == 0 || cursor.IsSymbol(bracket - 1, '(') || cursor.IsWord(before, "UNION", "INTERSECT", "EXCEPT");
    }

    private int Add(int parent, int? result = null)
    {
        _parents.Add(parent);
        _results.Add(result ?? _parents.Count - 1);
        return _parents.Count - 1;
    }
}
