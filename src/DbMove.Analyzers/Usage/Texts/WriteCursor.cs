using DbMove.Sql;

namespace DbMove.Analyzers.Usage.Texts;

/// <summary>Walks over the tokens of a statement that may have holes: parts that nobody knows at compile time.</summary>
internal sealed class WriteCursor(string text, ReadOnlyMemory<SqlToken> tokens, int at)
{
    private TokenCursor _cursor = new(text, tokens) { At = at };

    public int At
    {
        get => _cursor.At;
        set => _cursor.At = value;
    }

    public bool IsAtEnd => _cursor.IsAtEnd;

    public bool IsWord(params string[] words) => _cursor.IsWord(At, words);

    public bool IsSymbol(char symbol) => _cursor.IsSymbol(At, symbol);

    public bool Take(string word) => _cursor.Take(word);

    public bool Take(char symbol)
    {
        bool isHere = IsSymbol(symbol);
        At += isHere ? 1 : 0;
        return isHere;
    }

    /// <summary>Takes a keyword that may be a table's name too: it is none where a name follows it.</summary>
    public void TakeIfFollowed(string word)
    {
        if (IsWord(word) && IsPartOfName(At + 1) && !_cursor.IsWord(At + 1, "SET", "WHERE"))
        {
            At++;
        }
    }

    /// <summary>Whether the keyword, or something that may hold it, stands somewhere ahead.</summary>
    public bool HasAhead(string word)
    {
        for (int index = At; index < _cursor.Count; index++)
        {
            if (_cursor[index].Kind == SqlTokenKind.Hole || _cursor.IsWord(index, word))
            {
                return true;
            }
        }

        return false;
    }

    public void SkipBrackets()
    {
        int depth = 0;
        do
        {
            depth += _cursor.Depth(At);
            At += depth > 0 || IsSymbol(')') ? 1 : 0;
        }
        while (depth > 0 && !_cursor.IsAtEnd);
    }

    /// <summary>The parts of a qualified name; a part is null where the text does not tell it.</summary>
    public List<string?> TakeName()
    {
        List<string?> parts = [];
        while (IsPartOfName(At))
        {
            parts.Add(TakePart());
            if (!Take('.'))
            {
                break;
            }
        }

        return parts;
    }

    /// <summary>
    /// A part with what is written on to it without a space. Something unknown before or behind a name changes it (<c>{prefix}orders</c>,
    /// <c>orders{year} SET</c>); at the end of the text it is taken for the rest of the statement (<c>DELETE FROM orders{where}</c>).
    /// </summary>
    private string? TakePart()
    {
        string? name = _cursor.NameAt(At) is { } known && known.Text.IndexOf(SqlTokenizer.Hole) < 0 ? known.Text : null;
        int end = _cursor[At++].End;
        for (; !_cursor.IsAtEnd && _cursor[At].Start == end && _cursor[At].Kind is SqlTokenKind.Hole or SqlTokenKind.Word; At++)
        {
            name = _cursor[At].Kind == SqlTokenKind.Word || At + 1 < _cursor.Count ? null : name;
            end = _cursor[At].End;
        }

        return name;
    }

    private bool IsPartOfName(int index) => index < _cursor.Count && _cursor[index].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.Hole;
}
