namespace DbMove.Sql;

/// <summary>Walks over the tokens of one statement.</summary>
internal struct TokenCursor(string text, ReadOnlyMemory<SqlToken> tokens)
{
    public int At { get; set; }

    public readonly int Count => tokens.Length;

    public readonly bool IsAtEnd => At >= tokens.Length;

    public readonly SqlToken this[int index] => tokens.Span[index];

    /// <summary>Whether the token at a place is this keyword.</summary>
    public readonly bool IsWord(int index, string word) =>
        index >= 0 && index < tokens.Length && tokens.Span[index].Kind == SqlTokenKind.Word && Text(index).Equals(word.AsSpan(), StringComparison.OrdinalIgnoreCase);

    public readonly bool IsWord(int index, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (IsWord(index, word))
            {
                return true;
            }
        }

        return false;
    }

    public readonly bool IsSymbol(int index, char symbol) =>
        index >= 0 && index < tokens.Length && tokens.Span[index] is { Kind: SqlTokenKind.Symbol, Length: 1 } token && text[token.Start] == symbol;

    /// <summary>How the token changes the depth of brackets.</summary>
    public readonly int Depth(int index) =>
        IsSymbol(index, '(') || IsSymbol(index, '[') ? 1 : IsSymbol(index, ')') || IsSymbol(index, ']') ? -1 : 0;

    public readonly ReadOnlySpan<char> Text(int index) => text.AsSpan(tokens.Span[index].Start, tokens.Span[index].Length);

    /// <summary>Takes the keyword if it is here.</summary>
    public bool Take(string word)
    {
        bool isHere = IsWord(At, word);
        At += isHere ? 1 : 0;
        return isHere;
    }

    /// <summary>The name at a place; null: it is none.</summary>
    public readonly SqlName? NameAt(int index)
    {
        if (index < 0 || index >= tokens.Length)
        {
            return null;
        }

        string token = Text(index).ToString();
        return tokens.Span[index].Kind switch
        {
            SqlTokenKind.Word => new SqlName(token, IsQuoted: false),
            SqlTokenKind.QuotedName when token[0] == '[' => new SqlName(token[1..^1], IsQuoted: true),
            SqlTokenKind.QuotedName => new SqlName(token[1..^1].Replace(new string(token[0], 2), token[..1]), IsQuoted: true),
            _ => null,
        };
    }

    /// <summary>
    /// The column at a place where one is set. SQLite takes a text for a name there (<c>SET 'id' = 1</c>); what stands in square
    /// brackets is no column (<c>document['id']</c>).
    /// </summary>
    public readonly SqlName? TargetAt(int index) =>
        NameAt(index) is { } name ? name
        : tokens.Span[index].Kind == SqlTokenKind.Text && text[tokens.Span[index].Start] == '\'' && (IsWord(index - 1, "SET") || IsSymbol(index - 1, ',') || IsSymbol(index - 1, '('))
            ? new SqlName(Text(index)[1..^1].ToString().Replace("''", "'"), IsQuoted: true)
        : null;

    /// <summary>Takes a table's name, with its schema; null: none is here.</summary>
    public SqlTable? TakeTable()
    {
        List<SqlName> parts = [];
        while (NameAt(At) is { } part)
        {
            parts.Add(part);
            At++;
            if (!IsSymbol(At, '.'))
            {
                break;
            }

            At++;
        }

        return parts.Count is 0 or > 3 || IsSymbol(At - 1, '.') ? null : new SqlTable(parts.Count == 1 ? null : parts[^2], parts[^1]);
    }

    /// <summary>The place of the first of these keywords outside brackets, from a place on; -1: none.</summary>
    public readonly int Find(int from, params ReadOnlySpan<string> words)
    {
        int depth = 0;
        for (int index = from; index < tokens.Length; index++)
        {
            depth += Depth(index);
            if (depth == 0 && IsWord(index, words))
            {
                return index;
            }
        }

        return -1;
    }
}
