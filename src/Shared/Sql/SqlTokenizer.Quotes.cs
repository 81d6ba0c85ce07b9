namespace DbMove.Sql;

/// <content>Texts and names in quotes.</content>
internal sealed partial class SqlTokenizer
{
    // Whether the last text had escapes.
    private bool _escapes;

    /// <summary>Whether the text here is the continuation, on another line, of one with escapes.</summary>
    private bool ContinuesEscapes() =>
        _escapes && _tokens[^1].Kind == SqlTokenKind.Text && _text.AsSpan(_tokens[^1].End, _at - _tokens[^1].End).IndexOfAny('\n', '\r') >= 0;

    private SqlTokenKind ReadText(bool hasEscapes)
    {
        _escapes = hasEscapes;
        _at++;
        while (_at < _text.Length)
        {
            if (Peek() == '\\' && hasEscapes)
            {
                _at += 2;
            }
            else if (Peek() != '\'')
            {
                _at++;
            }
            else if (Peek(1) == '\'')
            {
                _at += 2;
            }
            else
            {
                _at++;
                return SqlTokenKind.Text;
            }
        }

        return Doubt("a text that does not end", SqlTokenKind.Text);
    }

    private SqlTokenKind ReadName(char quote)
    {
        _at++;
        while (_at < _text.Length)
        {
            if (Peek() != quote)
            {
                _at++;
            }
            else if (Peek(1) == quote && quote != ']')
            {
                _at += 2;
            }
            else
            {
                _at++;
                return SqlTokenKind.QuotedName;
            }
        }

        return Doubt("a quoted name that does not end", SqlTokenKind.Text);
    }

    private bool TryReadDollarText()
    {
        int end = _at + 1;
        while (end < _text.Length && _text[end] != '$' && IsWord(_text[end]))
        {
            end++;
        }

        if (end >= _text.Length || _text[end] != '$' || IsDigit(_text[_at + 1]))
        {
            return false;
        }

        string tag = _text[_at..(end + 1)];
        int close = _text.IndexOf(tag, end + 1, StringComparison.Ordinal);
        _at = close >= 0 ? close + tag.Length : _rules.ReadsOn ? _text.Length : throw new FormatException("a text in dollar quotes that does not end");
        return true;
    }

    /// <summary>
    /// Where the engine is not known: a bracket that follows something without a space is an index (<c>tags[1]</c>, <c>ARRAY['a']</c>),
    /// any other may quote a name.
    /// </summary>
    private bool BeginsName()
    {
        if (_at > 0 && (IsWord(_text[_at - 1]) || _text[_at - 1] is ']' or ')' or '"' or '['))
        {
            return false;
        }

        int end = _text.IndexOf(']', _at);
        return end > _at + 1 && _text[_at + 1] is not ('@' or '[' or ':' or '$') && _text.AsSpan(_at, end - _at).IndexOfAny('\'', '\n', ',') < 0;
    }
}
