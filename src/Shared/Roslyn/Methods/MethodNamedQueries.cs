using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The queries of a statement that have a name by WITH, and where that name means them: a table of that name is not meant there.</summary>
internal sealed class MethodNamedQueries
{
    private readonly List<(string Name, int First, int End)> _queries = [];

    public MethodNamedQueries(TokenCursor cursor)
    {
        bool isRecursive = false;
        for (int index = 1; index < cursor.Count; index++)
        {
            isRecursive = cursor.IsWord(index - 1, "WITH") ? cursor.IsWord(index, "RECURSIVE") : isRecursive;
            if (cursor.NameAt(index) is { } name
                && (cursor.IsWord(index - 1, "WITH", "RECURSIVE") || cursor.IsSymbol(index - 1, ','))
                && BracketOf(cursor, index) is { } open && MethodScopes.BeginsQuery(cursor, open))
            {
                // Within itself the name is still the table's, unless it is recursive.
                int close = MethodNeighbours.CloseOf(cursor, open);
                _queries.Add((name.Text, isRecursive ? open : close, EndOf(cursor, close + 1)));
            }
        }
    }

    /// <summary>Whether a table at a place is such a query.</summary>
    public bool IsAt(SqlTable table, int index) =>
        table.Schema is null && _queries.Any(query => query.First < index && index < query.End && string.Equals(query.Name, table.Name.Text, StringComparison.OrdinalIgnoreCase));

    // name (columns) AS NOT MATERIALIZED (
    private static int? BracketOf(TokenCursor cursor, int name)
    {
        int at = cursor.IsSymbol(name + 1, '(') ? MethodNeighbours.CloseOf(cursor, name + 1) + 1 : name + 1;
        if (!cursor.IsWord(at, "AS"))
        {
            return null;
        }

        at += cursor.IsWord(at + 1, "NOT") ? 2 : 1;
        return cursor.IsWord(at, "MATERIALIZED") ? at + 1 : at;
    }

    /// <summary>Where the bracket ends in which a place is.</summary>
    private static int EndOf(TokenCursor cursor, int from)
    {
        int depth = 0;
        for (int index = from; index < cursor.Count; index++)
        {
            depth += cursor.Depth(index);
            if (depth < 0)
            {
                return index;
            }
        }

        return cursor.Count;
    }
}
