namespace DbMove.Analyzers.Usage.Texts;

/// <content>What each verb writes.</content>
internal sealed partial class WriteScanner
{
    /// <summary>Words that are no table's name where one is expected.</summary>
    private static readonly string[] s_reserved = ["SET", "VALUES", "SELECT", "FROM", "INTO", "OF", "ON", "WHERE", "DEFAULT", "USING", "AS", "TO"];

    /// <summary>What may stand between a verb and its table.</summary>
    private static readonly string[] s_modifiers = ["LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE"];

    private void TakeWrite(WriteCursor cursor, string verb)
    {
        switch (verb)
        {
            case "INSERT" or "REPLACE":
                SkipModifiers(cursor);
                if (cursor.Take("INTO") || (verb == "INSERT" && !cursor.IsSymbol('(')))
                {
                    TakeTable(cursor, verb);
                }

                break;
            case "UPDATE":
                SkipModifiers(cursor);
                cursor.TakeIfFollowed("ONLY");
                TakeUpdated(cursor, verb);
                break;
            case "DELETE":
                SkipModifiers(cursor);
                TakeDeleted(cursor, verb);
                break;
            case "LOAD":
                TakeLoaded(cursor, verb);
                break;
            case "MERGE":
                cursor.Take("INTO");
                cursor.TakeIfFollowed("ONLY");
                TakeTable(cursor, verb, onlyBefore: "USING");
                break;
            case "TRUNCATE":
                cursor.Take("TABLE");
                do
                {
                    cursor.TakeIfFollowed("ONLY");
                    TakeTable(cursor, verb);
                    cursor.Take('*');
                }
                while (cursor.Take(','));
                break;
            case "COPY":
                TakeCopied(cursor);
                break;
        }
    }

    // OR IGNORE, OR REPLACE and their like are SQLite's.
    private static void SkipModifiers(WriteCursor cursor)
    {
        if (cursor.Take("OR"))
        {
            cursor.At++;
        }

        while (cursor.IsWord(s_modifiers))
        {
            cursor.At++;
        }
    }

    private void TakeTable(WriteCursor cursor, string verb, string? onlyBefore = null)
    {
        if (Table(cursor, verb) is { } table && (onlyBefore is null || cursor.HasAhead(onlyBefore)))
        {
            _written.Add(table);
        }
    }

    private void TakeUpdated(WriteCursor cursor, string verb)
    {
        int start = cursor.At;
        if (JoinedTables.Take(cursor, verb, "SET") is { Count: > 1 } joined && cursor.IsWord("SET"))
        {
            _written.AddRange(JoinedTables.Set(cursor, joined));
            return;
        }

        cursor.At = start;
        TakeTable(cursor, verb, onlyBefore: "SET");
    }

    // DELETE FROM orders …, and MySQL's DELETE o, l FROM orders o JOIN lines l … and DELETE FROM o USING orders o JOIN ….
    private void TakeDeleted(WriteCursor cursor, string verb)
    {
        bool isFirst = cursor.Take("FROM");
        List<WrittenTable> named = [];
        do
        {
            cursor.TakeIfFollowed("ONLY");
            if (Table(cursor, verb) is { } table)
            {
                named.Add(table);
            }

            cursor.Take('*');
        }
        while (cursor.Take(','));
        if (isFirst || cursor.Take("FROM"))
        {
            List<(WrittenTable, string)> joined = isFirst && !cursor.Take("USING") ? [] : JoinedTables.Take(cursor, verb, "WHERE", "ORDER", "LIMIT", "RETURNING");
            _written.AddRange(named.Select(table => JoinedTables.Resolve(table, joined)));
        }
    }

    // LOAD DATA LOCAL INFILE 'f' REPLACE INTO TABLE orders.
    private void TakeLoaded(WriteCursor cursor, string verb)
    {
        if (cursor.IsWord("DATA", "XML"))
        {
            while (!cursor.IsAtEnd && !cursor.Take("INTO"))
            {
                cursor.At++;
            }

            if (cursor.Take("TABLE"))
            {
                TakeTable(cursor, verb);
            }
        }
    }

    private void TakeCopied(WriteCursor cursor)
    {
        if (Table(cursor, "COPY") is { } table)
        {
            cursor.SkipBrackets();
            if (cursor.Take("FROM"))
            {
                _written.Add(table);
            }
        }
    }

    private static WrittenTable? Table(WriteCursor cursor, string verb) =>
        !cursor.IsWord(s_reserved) && cursor.TakeName() is { Count: > 0 } parts && parts[parts.Count - 1] is { } name
            ? new WrittenTable(verb, parts.Count > 1 ? parts[parts.Count - 2] : null, name)
            : null;
}
