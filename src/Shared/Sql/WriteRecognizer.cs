namespace DbMove.Sql;

/// <summary>Finds in an INSERT, UPDATE or DELETE what must be known of it: the table, the columns set, its own RETURNING.</summary>
internal static class WriteRecognizer
{
    /// <param name="statement">What is known of it.</param>
    /// <param name="cursor">Its tokens.</param>
    /// <param name="verb">The place of its verb, which a WITH may precede.</param>
    public static RecognizedStatement Recognize(RecognizedStatement statement, TokenCursor cursor, int verb)
    {
        cursor.At = verb + 1;
        bool isUpdate = cursor.IsWord(verb, "UPDATE");
        bool replaces = cursor.IsWord(verb, "REPLACE");
        if (cursor.Take("OR"))
        {
            replaces |= cursor.IsWord(cursor.At, "REPLACE");
            cursor.At++;
        }

        if (!isUpdate && !cursor.Take(cursor.IsWord(verb, "DELETE") ? "FROM" : "INTO"))
        {
            return statement;
        }

        if (cursor.IsWord(cursor.At, "ONLY") && cursor.NameAt(cursor.At + 1) is not null && !cursor.IsWord(cursor.At + 1, "SET", "AS", "WHERE", "USING"))
        {
            cursor.At++;
        }

        int first = cursor.At;
        if (cursor.TakeTable() is not { } table)
        {
            return statement;
        }

        string written = statement.Text[cursor[first].Start..cursor[cursor.At - 1].End];
        string qualifier = TakeAlias(ref cursor) ?? written;
        int returning = cursor.Find(cursor.At, "RETURNING");
        if (InnerWrite.IsIn(cursor))
        {
            return statement with { Kind = StatementKind.UnknownRows, Table = table, Reason = InnerWrite.Reason };
        }

        return statement with
        {
            Kind = StatementKind.Rows,
            Reason = null,
            Table = table,
            Qualifier = qualifier,
            Replaces = replaces,
            ReturningEnd = returning < 0 ? -1 : cursor[returning].End,
            SetColumns = ReadSetColumns(cursor),
        };
    }

    /// <summary>An alias: the word after AS, or a name that is no keyword of what may follow.</summary>
    private static string? TakeAlias(ref TokenCursor cursor)
    {
        if (cursor.IsSymbol(cursor.At, '*'))
        {
            cursor.At++;
        }

        bool hasAs = cursor.Take("AS");
        bool isName = cursor.NameAt(cursor.At) is not null
            && (hasAs || !cursor.IsWord(cursor.At, "SET", "WHERE", "USING", "RETURNING", "VALUES", "SELECT", "DEFAULT", "OVERRIDING", "ON", "WITH", "TABLE", "INDEXED", "NOT", "FROM", "ORDER", "LIMIT"));
        return isName ? cursor.Text(cursor.At++).ToString() : null;
    }

    /// <summary>What stands left of the equals signs after every SET outside brackets, without what an index calculates (<c>grid[id]</c>).</summary>
    private static List<SqlName> ReadSetColumns(TokenCursor cursor)
    {
        List<SqlName> columns = [];
        for (int at = cursor.Find(cursor.At, "SET"); at >= 0; at = cursor.Find(at, "SET"))
        {
            (int depth, int indexes, bool isTarget) = (0, 0, true);
            for (at++; at < cursor.Count; at++)
            {
                // The FROM of IS DISTINCT FROM ends nothing: behind it a key column may still be set.
                if (depth == 0 && cursor.IsWord(at, "FROM", "WHERE", "RETURNING", "ORDER", "LIMIT") && !cursor.IsWord(at - 1, "DISTINCT"))
                {
                    break;
                }

                depth += cursor.Depth(at);
                indexes += cursor.IsSymbol(at, '[') ? 1 : cursor.IsSymbol(at, ']') ? -1 : 0;
                if (cursor.IsSymbol(at, '=') && depth == 0)
                {
                    isTarget = false;
                }
                else if (cursor.IsSymbol(at, ',') && depth == 0)
                {
                    isTarget = true;
                }
                else if (isTarget && indexes == 0 && cursor.TargetAt(at) is { } name)
                {
                    columns.Add(name);
                }
            }
        }

        return columns;
    }
}
