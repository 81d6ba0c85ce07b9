using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>The tables that a statement names, with their aliases, and the queries that they stand in: what is needed to tell whose column a name is.</summary>
internal sealed class MethodTables
{
    private static readonly ImmutableArray<string> s_introducers = ["FROM", "JOIN", "INTO", "UPDATE", "USING"];

    private static readonly ImmutableHashSet<string> s_noAlias = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "SET", "WHERE", "USING", "RETURNING", "VALUES", "SELECT", "DEFAULT", "OVERRIDING", "ON", "WITH", "TABLE", "INDEXED", "NOT", "FROM", "ORDER", "LIMIT", "JOIN", "LEFT", "RIGHT",
        "INNER", "OUTER", "FULL", "CROSS", "NATURAL", "GROUP", "HAVING", "OFFSET", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "FOR", "FETCH", "TABLESAMPLE", "DO", "AND", "OR");

    public MethodTables(TokenCursor cursor)
    {
        Scopes = new MethodScopes(cursor);
        ImmutableArray<MethodTable>.Builder tables = ImmutableArray.CreateBuilder<MethodTable>();
        Stack<int> brackets = new();
        MethodNamedQueries queries = new(cursor);
        for (int index = 0; index < cursor.Count; index++)
        {
            int depth = cursor.Depth(index);
            if (depth > 0)
            {
                brackets.Push(index);
            }
            else if (depth < 0 && brackets.Count > 0)
            {
                brackets.Pop();
            }

            // EXTRACT(YEAR FROM placed) names no table.
            bool isWithinCall = brackets.Count > 0 && !MethodScopes.BeginsQuery(cursor, brackets.Peek());
            if ((Introduces(cursor, index) || Scopes.IsBetweenTables(index)) && !(isWithinCall && cursor.IsWord(index, "FROM")))
            {
                cursor.At = cursor.IsWord(index, "UPDATE") && cursor.IsWord(index + 1, "OR") ? index + 3 : index + 1;
                Take(ref cursor, tables, Scopes[index], queries);
            }
        }

        All = tables.ToImmutable();
    }

    public ImmutableArray<MethodTable> All { get; }

    public MethodScopes Scopes { get; }

    /// <summary>The tables that a place sees, query by query, from the innermost that has any.</summary>
    public IEnumerable<ImmutableArray<MethodTable>> VisibleAt(int index)
    {
        for (int scope = Scopes[index]; scope >= 0; scope = Scopes.ParentOf(scope))
        {
            ImmutableArray<MethodTable> own = [.. All.Where(table => table.Scope == scope)];
            if (!own.IsEmpty)
            {
                yield return own;
            }
        }
    }

    private static bool Introduces(TokenCursor cursor, int index) =>
        s_introducers.Any(word => cursor.IsWord(index, word))
        && !cursor.IsSymbol(index - 1, '.')
        && !(cursor.IsWord(index, "FROM") && cursor.IsWord(index - 1, "DISTINCT"))
        && !(cursor.IsWord(index, "USING") && cursor.IsSymbol(index + 1, '(') && !MethodScopes.BeginsQuery(cursor, index + 1))
        && !(cursor.IsWord(index, "UPDATE") && cursor.IsWord(index - 1, "FOR", "DO", "KEY"));

    private static void Take(ref TokenCursor cursor, ImmutableArray<MethodTable>.Builder tables, int scope, MethodNamedQueries queries)
    {
        cursor.Take("LATERAL");
        if (cursor.IsWord(cursor.At, "ONLY") && cursor.NameAt(cursor.At + 1) is not null)
        {
            cursor.At++;
        }

        // FROM (orders JOIN people ON …)
        while (cursor.IsSymbol(cursor.At, '(') && !MethodScopes.BeginsQuery(cursor, cursor.At))
        {
            cursor.At++;
        }

        SqlTable? table = null;
        int first = cursor.At;
        if (cursor.IsSymbol(cursor.At, '('))
        {
            SkipBracket(ref cursor);
        }
        else
        {
            table = cursor.TakeTable();
            if (table is null)
            {
                return;
            }
        }

        // A function in place of a table; but not INSERT INTO orders (id, …).
        if (table is not null && cursor.IsSymbol(cursor.At, '(') && !cursor.IsWord(first - 1, "INTO"))
        {
            table = null;
            SkipBracket(ref cursor);
        }

        bool hasAs = cursor.Take("AS");
        SqlName? alias = cursor.NameAt(cursor.At) is { } name && (hasAs || name.IsQuoted || !s_noAlias.Contains(name.Text)) ? name : null;
        cursor.At += alias is null ? 0 : 1;
        tables.Add(new MethodTable(table, alias, scope, table is not null && queries.IsAt(table, first)));
    }

    private static void SkipBracket(ref TokenCursor cursor)
    {
        int depth = 0;
        do
        {
            depth += cursor.Depth(cursor.At);
            cursor.At++;
        }
        while (depth > 0 && !cursor.IsAtEnd);
    }
}
