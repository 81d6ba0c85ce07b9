using System.Collections.Immutable;
using DbMove.Sql;

namespace DbMove.Roslyn;

/// <summary>
/// The tables that a statement names, with their aliases: what is needed to tell whose column a name is. It may take a name for a
/// table that is none (<c>EXTRACT(YEAR FROM placed)</c>), and then less is told, never something wrong.
/// </summary>
internal sealed class MethodTables(ImmutableArray<MethodTable> all)
{
    private static readonly ImmutableArray<string> s_introducers = ["FROM", "JOIN", "INTO", "UPDATE", "USING"];

    private static readonly ImmutableHashSet<string> s_noAlias = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "SET", "WHERE", "USING", "RETURNING", "VALUES", "SELECT", "DEFAULT", "OVERRIDING", "ON", "WITH", "TABLE", "INDEXED", "NOT", "FROM", "ORDER", "LIMIT", "JOIN", "LEFT", "RIGHT",
        "INNER", "OUTER", "FULL", "CROSS", "NATURAL", "GROUP", "HAVING", "OFFSET", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "FOR", "FETCH", "TABLESAMPLE", "DO", "AND", "OR");

    public ImmutableArray<MethodTable> All { get; } = all;

    public static MethodTables Find(TokenCursor cursor)
    {
        ImmutableArray<MethodTable>.Builder tables = ImmutableArray.CreateBuilder<MethodTable>();
        for (int index = 0; index < cursor.Count; index++)
        {
            if (Introduces(cursor, index))
            {
                cursor.At = index + 1;
                bool isList = cursor.IsWord(index, "FROM", "USING");
                do
                {
                    Take(ref cursor, tables);
                }
                while (isList && TakeComma(ref cursor));
            }
        }

        return new MethodTables(tables.ToImmutable());
    }

    private static bool Introduces(TokenCursor cursor, int index) =>
        s_introducers.Any(word => cursor.IsWord(index, word))
        && !cursor.IsSymbol(index - 1, '.')
        && !(cursor.IsWord(index, "FROM") && cursor.IsWord(index - 1, "DISTINCT"))
        && !(cursor.IsWord(index, "UPDATE") && (cursor.IsWord(index - 1, "FOR", "DO", "KEY") || cursor.IsWord(index + 1, "OR")));

    private static bool TakeComma(ref TokenCursor cursor)
    {
        bool isHere = cursor.IsSymbol(cursor.At, ',');
        cursor.At += isHere ? 1 : 0;
        return isHere;
    }

    private static void Take(ref TokenCursor cursor, ImmutableArray<MethodTable>.Builder tables)
    {
        cursor.Take("LATERAL");
        if (cursor.IsWord(cursor.At, "ONLY") && cursor.NameAt(cursor.At + 1) is not null)
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
        tables.Add(new MethodTable(table, alias));
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
