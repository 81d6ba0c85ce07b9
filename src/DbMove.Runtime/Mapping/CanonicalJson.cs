using System.Buffers;

namespace DbMove.Mapping;

/// <summary>
/// A JSON text in one form for all texts that say the same: no white space, properties by name and the last of each name, only quote and backslash
/// escaped, and numbers as an integer that does not end in zero and a power of ten. Works on UTF-16 in pooled buffers, so
/// that nothing is transcoded, and without exceptions, which a text that is no JSON would otherwise cost for each row.
/// </summary>
internal ref partial struct CanonicalJson
{
    // As deep as anybody writes; beyond it, texts are compared as they are.
    private const int MaximumDepth = 128;

    private readonly ReadOnlySpan<char> _json;
    private int _position;
    private char[] _text;
    private int _length;

    // Those of all objects that are open, the innermost last.
    private Property[] _properties;
    private int _count;

    public CanonicalJson(ReadOnlySpan<char> json)
    {
        _json = json;
        _text = ArrayPool<char>.Shared.Rent(Math.Max(json.Length, 16));
        _properties = [];
        SkipSpace();
        IsValid = TryValue(0);
        SkipSpace();
        IsValid &= _position == json.Length;
    }

    /// <summary>Whether the text is JSON.</summary>
    public bool IsValid { get; }

    /// <summary>The form; meaningful where the text is JSON.</summary>
    public readonly ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public readonly void Dispose()
    {
        ArrayPool<char>.Shared.Return(_text);
        if (_properties.Length > 0)
        {
            ArrayPool<Property>.Shared.Return(_properties);
        }
    }

    private readonly char Next => _position < _json.Length ? _json[_position] : '\0';

    private bool TryValue(int depth) => Next switch
    {
        '{' => depth < MaximumDepth && TryObject(depth + 1),
        '[' => depth < MaximumDepth && TryArray(depth + 1),
        '"' => TryString(),
        't' => TryWord("true"),
        'f' => TryWord("false"),
        'n' => TryWord("null"),
        _ => TryNumber(),
    };

    private bool TryArray(int depth)
    {
        Take();
        SkipSpace();
        while (Next != ']')
        {
            if (!TryValue(depth) || !TrySeparator(']'))
            {
                return false;
            }
        }

        TakeEnd();
        return true;
    }

    /// <summary>What follows an element: a comma and another element, or the end.</summary>
    private bool TrySeparator(char end)
    {
        SkipSpace();
        if (Next == end)
        {
            // A comma stands after every element, so that properties can change places.
            Write(',');
            return true;
        }

        if (Next != ',')
        {
            return false;
        }

        Take();
        SkipSpace();
        return Next != end;
    }

    private bool TryWord(string word)
    {
        if (!_json[_position..].StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (char letter in word)
        {
            Write(letter);
        }

        _position += word.Length;
        return true;
    }

    private bool TryString()
    {
        Take();
        while (_position < _json.Length)
        {
            char unit = _json[_position++];
            switch (unit)
            {
                case '"':
                    Write('"');
                    return true;
                case < ' ':
                    return false;
                case '\\' when !TryEscape(out unit):
                    return false;
            }

            if (unit is '"' or '\\')
            {
                Write('\\');
            }

            Write(unit);
        }

        return false;
    }

    private bool TryEscape(out char unit)
    {
        char letter = Next;
        _position++;
        unit = letter switch
        {
            '"' or '\\' or '/' => letter,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        if (letter != 'u')
        {
            return unit != '\0';
        }

        if (_json.Length - _position < 4)
        {
            return false;
        }

        int code = 0;
        foreach (char digit in _json.Slice(_position, 4))
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }

            code = (code * 16) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        _position += 4;
        unit = (char)code;
        return true;
    }

    private void SkipSpace()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }
    }

    private void TakeEnd()
    {
        if (_text[_length - 1] == ',')
        {
            _length--;
        }

        Take();
    }

    private void Take() => Write(_json[_position++]);

    private void Write(char unit)
    {
        if (_length == _text.Length)
        {
            Grow(_length + 1);
        }

        _text[_length++] = unit;
    }

    private void Grow(int needed)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(needed, _text.Length * 2));
        Text.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
    }
}
