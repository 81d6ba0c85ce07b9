namespace DbMove.Sql;

/// <summary>
/// Cuts a text into tokens as the engine would, without comments and white space. It decides what a keyword is and what
/// merely stands in a text or a comment, so whatever it is not certain about it refuses, unless the rules say to read on.
/// </summary>
internal sealed partial class SqlTokenizer
{
    /// <summary>Stands in a text for a part that is not known (<see cref="TokenRules.ReadsOn"/>).</summary>
    public const char Hole = '\uFFFC';

    private readonly string _text;
    private readonly TokenRules _rules;
    private readonly List<SqlToken> _tokens = [];
    private int _at;

    private SqlTokenizer(string text, TokenRules rules) => (_text, _rules) = (text, rules);

    /// <summary>The tokens in order.</summary>
    /// <exception cref="FormatException">A text, a quoted name or a comment does not end, or the text holds a zero character.</exception>
    public static List<SqlToken> Read(string text, TokenRules rules)
    {
        // SQLite stops reading there, and what would stand behind it nobody runs.
        if (!rules.ReadsOn && text.AsSpan().IndexOf('\0') >= 0)
        {
            throw new FormatException("a zero character in it");
        }

        SqlTokenizer tokenizer = new(text, rules);
        while (tokenizer.SkipGap())
        {
            int start = tokenizer._at;
            SqlTokenKind kind = tokenizer.ReadToken();
            tokenizer._tokens.Add(new SqlToken(kind, start, tokenizer._at - start));
        }

        return tokenizer._tokens;
    }

    private static bool IsDigit(char letter) => letter is >= '0' and <= '9';

    private bool StartsWord(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || (letter >= '\u0080' && !IsHole(letter));

    private bool IsWord(char letter) => StartsWord(letter) || IsDigit(letter) || letter == '$';

    private bool IsHole(char letter) => letter == Hole && _rules.ReadsOn;

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    /// <summary>Goes on to the next token; false: there is none.</summary>
    private bool SkipGap()
    {
        while (_at < _text.Length)
        {
            if (IsSpace(_text[_at]))
            {
                _at++;
            }
            else if (Peek() == '-' && Peek(1) == '-')
            {
                int end = _rules.EndsCommentsAtReturn ? _text.AsSpan(_at).IndexOfAny('\n', '\r') : _text.AsSpan(_at).IndexOf('\n');
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (Peek() == '/' && Peek(1) == '*')
            {
                SkipComment();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    // Engines know these only; any other space is part of a word to them, and then to us.
    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\r' or '\n' or '\f' or '\v' or '\uFEFF';

    private void SkipComment()
    {
        int depth = 0;
        do
        {
            if (Peek() == '/' && Peek(1) == '*' && (depth == 0 || _rules.NestsComments))
            {
                depth++;
                _at += 2;
            }
            else if (Peek() == '*' && Peek(1) == '/')
            {
                depth--;
                _at += 2;
            }
            else
            {
                _at++;
            }

            if (_at >= _text.Length && depth > 0)
            {
                Doubt("a comment that does not end", default);
                return;
            }
        }
        while (depth > 0);
    }

    private SqlTokenKind ReadToken()
    {
        int start = _at;
        char first = Peek();
        switch (first)
        {
            case '\'':
                return ReadText(hasEscapes: ContinuesEscapes());
            case '"':
                return ReadName('"');
            case '`' when _rules.HasBacktickNames:
                return ReadName('`');
            case '[' when _rules.HasBracketNames && (!_rules.IsAnyEngine || BeginsName()):
                return ReadName(']');
            case '$' when _rules.HasDollarQuotes && TryReadDollarText():
                return SqlTokenKind.Text;
            case '$' or '@' or ':' when IsWord(Peek(1)):
                _at++;
                SkipWord();
                return Separate(start, SqlTokenKind.Parameter);
            case Hole when _rules.ReadsOn:
                _at++;
                return SqlTokenKind.Hole;
            case '?':
                _at++;
                SkipDigits();
                return SqlTokenKind.Parameter;
            case ':' when Peek(1) == ':':
                _at += 2;
                return SqlTokenKind.Symbol;
            case 'u' or 'U' when _rules.HasEscapeStrings && !_rules.ReadsOn && Peek(1) == '&' && Peek(2) == '"':
                throw new FormatException("a name with escapes in it (U&)");
        }

        if (IsDigit(first))
        {
            while (IsWord(Peek()) || Peek() == '.')
            {
                _at++;
            }

            return Separate(start, SqlTokenKind.Number);
        }

        return StartsWord(first) ? ReadWord() : ReadSymbol();
    }

    /// <summary>
    /// Parameters and numbers end where anything else begins. What is written on without a space an engine may cut elsewhere
    /// (<c>@E'\''</c> is an operator and a text with escapes to PostgreSQL, <c>@a(';)</c> one parameter to SQLite).
    /// </summary>
    private SqlTokenKind Separate(int start, SqlTokenKind kind) =>
        Peek() == '\'' || (kind == SqlTokenKind.Parameter && Peek() == '(') || (_rules.HasDollarQuotes && _text.AsSpan(start + 1, _at - start - 1).IndexOf('$') >= 0)
            ? Doubt("a parameter or a number that something else follows without a space", kind)
            : kind;

    private SqlTokenKind Doubt(string what, SqlTokenKind kind)
    {
        _at = Math.Min(_at, _text.Length);
        return _rules.ReadsOn ? kind : throw new FormatException(what);
    }

    private void SkipDigits()
    {
        while (IsDigit(Peek()))
        {
            _at++;
        }
    }

    private SqlTokenKind ReadSymbol()
    {
        _at++;
        return SqlTokenKind.Symbol;
    }

    private SqlTokenKind ReadWord()
    {
        char first = Peek();
        if (Peek(1) == '\'' && (first is 'e' or 'E' or 'b' or 'B' or 'x' or 'X' or 'n' or 'N'))
        {
            _at++;
            return ReadText(hasEscapes: _rules.HasEscapeStrings && (first is 'e' or 'E'));
        }

        SkipWord();
        return SqlTokenKind.Word;
    }

    private void SkipWord()
    {
        while (IsWord(Peek()))
        {
            _at++;
        }
    }
}
