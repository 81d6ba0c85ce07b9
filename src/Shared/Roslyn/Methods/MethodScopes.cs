using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The queries within a statement: which of them each token stands in. 0 is the statement itself.</summary>
internal sealed class MethodScopes
{
    private readonly int[] _scopes;
    private readonly List<int> _parents = [-1];

    public MethodScopes(TokenCursor cursor)
    {
        _scopes = new int[cursor.Count];
        Stack<(int Scope, bool IsQuery)> brackets = new();
        (int scope, bool isQuery) = (0, true);
        bool inserts = false;
        for (int index = 0; index < cursor.Count; index++)
        {
            if (isQuery)
            {
                inserts |= brackets.Count == 0 && cursor.IsWord(index, "INSERT", "REPLACE") && !cursor.IsSymbol(index + 1, '(');
                if (cursor.IsWord(index, "UNION", "INTERSECT", "EXCEPT"))
                {
                    scope = Add(_parents[scope]);
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

            _scopes[index] = scope;
            int depth = cursor.Depth(index);
            if (depth > 0)
            {
                brackets.Push((scope, isQuery));
                isQuery = BeginsQuery(cursor, index);

                // A query in place of a table, and one that is given a name beforehand, see what is around the query that they stand in, and not its tables.
                bool isApart = cursor.IsWord(index - 1, "FROM", "JOIN", "USING", "AS", "MATERIALIZED");
                scope = !isQuery ? scope : Add(isApart ? _parents[scope] : scope);
            }
            else if (depth < 0 && brackets.Count > 0)
            {
                (scope, isQuery) = brackets.Pop();
            }
        }
    }

    /// <summary>The query that a token stands in.</summary>
    public int this[int index] => index < _scopes.Length ? _scopes[index] : 0;

    /// <summary>The query around one; -1: there is none whose tables it sees.</summary>
    public int ParentOf(int scope) => _parents[scope];

    /// <summary>Whether a query begins behind a bracket.</summary>
    public static bool BeginsQuery(TokenCursor cursor, int bracket)
    {
        int first = bracket;
        while (cursor.IsSymbol(first, '('))
        {
            first++;
        }

        return first > bracket && cursor.IsWord(first, "SELECT", "WITH", "VALUES", "TABLE");
    }

    private int Add(int parent)
    {
        _parents.Add(parent);
        return _parents.Count - 1;
    }
}
