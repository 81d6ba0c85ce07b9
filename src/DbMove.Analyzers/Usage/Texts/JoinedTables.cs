namespace DbMove.Analyzers.Usage.Texts;

/// <summary>The tables of a statement of MySQL that writes some of those that it joins, known by their names or by other ones.</summary>
internal static class JoinedTables
{
    private static readonly string[] s_joins = ["JOIN", "STRAIGHT_JOIN"];

    /// <summary>Words that may follow a table and are no other name of it.</summary>
    private static readonly string[] s_behind =
        ["JOIN", "STRAIGHT_JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "NATURAL", "ON", "USING", "SET", "WHERE", "PARTITION", "USE", "FORCE", "IGNORE", "ORDER", "LIMIT", "RETURNING"];

    /// <summary>Takes the tables up to one of the words, or to the end of what stands in brackets.</summary>
    public static List<(WrittenTable Table, string Alias)> Take(WriteCursor cursor, string verb, params string[] until)
    {
        List<(WrittenTable, string)> tables = [];
        bool isExpected = true;
        while (!cursor.IsAtEnd && !cursor.IsSymbol(')') && !cursor.IsWord(until))
        {
            if (cursor.IsSymbol('('))
            {
                cursor.SkipBrackets();
                isExpected = false;
            }
            else if (cursor.Take(',') || cursor.IsWord(s_joins))
            {
                cursor.At += cursor.IsWord(s_joins) ? 1 : 0;
                isExpected = true;
            }
            else if (isExpected && cursor.TakeName() is { Count: > 0 } parts)
            {
                isExpected = false;
                cursor.Take("AS");
                string? alias = cursor.IsWord(s_behind) ? null : cursor.TakeName().FirstOrDefault();
                if (parts[parts.Count - 1] is { } name)
                {
                    tables.Add((new WrittenTable(verb, parts.Count > 1 ? parts[parts.Count - 2] : null, name), alias ?? name));
                }
            }
            else
            {
                cursor.At++;
            }
        }

        return tables;
    }

    /// <summary>The table that a name stands for.</summary>
    public static WrittenTable Resolve(WrittenTable named, List<(WrittenTable Table, string Alias)> tables) =>
        named.Schema is null && tables.FindIndex(table => Is(table.Alias, named.Name)) is >= 0 and var index ? tables[index].Table : named;

    /// <summary>Those of the tables whose columns are set, from <c>SET</c> on. A column without a table is the first one's.</summary>
    public static IEnumerable<WrittenTable> Set(WriteCursor cursor, List<(WrittenTable Table, string Alias)> tables)
    {
        HashSet<string> owners = new(StringComparer.OrdinalIgnoreCase);
        bool isExpected = true;
        for (cursor.At++; !cursor.IsAtEnd && !cursor.IsSymbol(')') && !cursor.IsWord("WHERE", "ORDER", "LIMIT", "RETURNING");)
        {
            if (cursor.IsSymbol('('))
            {
                cursor.SkipBrackets();
            }
            else if (isExpected && cursor.TakeName() is { Count: > 0 } parts)
            {
                owners.Add(parts.Count > 1 ? parts[parts.Count - 2] ?? "" : tables[0].Alias);
                isExpected = false;
            }
            else
            {
                isExpected = cursor.IsSymbol(',');
                cursor.At++;
            }
        }

        return tables.Where(table => owners.Contains(table.Alias)).Select(static table => table.Table);
    }

    private static bool Is(string alias, string name) => string.Equals(alias, name, StringComparison.OrdinalIgnoreCase);
}
