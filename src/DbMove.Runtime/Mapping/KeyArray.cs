using System.Globalization;
using System.Text;

namespace DbMove.Mapping;

/// <summary>
/// The JSON array of strings that is a key's text. Written by hand rather than with <c>Utf8JsonWriter</c>, because that
/// replaces lone surrogates, which would give two keys one text, and because every write makes one.
/// </summary>
internal static class KeyArray
{
    public static string Write(ReadOnlySpan<string> parts)
    {
        if (parts.Length == 1 && !NeedsEscape(parts[0]))
        {
            return string.Concat("[\"", parts[0], "\"]");
        }

        StringBuilder text = new("[");
        foreach (string part in parts)
        {
            text.Append(text.Length == 1 ? "\"" : ",\"");
            AppendEscaped(text, part);
            text.Append('"');
        }

        return text.Append(']').ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, and any other JSON array of strings.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static List<string> Read(string text)
    {
        List<string> parts = [];
        int at = 0;
        Expect(text, ref at, '[');
        do
        {
            Expect(text, ref at, '"');
            parts.Add(ReadString(text, ref at));
        }
        while (Take(text, ref at, ','));

        Expect(text, ref at, ']');
        SkipWhiteSpace(text, ref at);
        return at == text.Length ? parts : throw Malformed();
    }

    private static bool NeedsEscape(string part)
    {
        foreach (char letter in part)
        {
            if (letter is < ' ' or '"' or '\\' || char.IsSurrogate(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static void AppendEscaped(StringBuilder text, string part)
    {
        for (int index = 0; index < part.Length; index++)
        {
            char letter = part[index];
            if (letter is '"' or '\\')
            {
                text.Append('\\').Append(letter);
            }
            else if (char.IsHighSurrogate(letter) && index + 1 < part.Length && char.IsLowSurrogate(part[index + 1]))
            {
                text.Append(letter).Append(part[++index]);
            }
            else if (letter < ' ' || char.IsSurrogate(letter))
            {
                text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(letter);
            }
        }
    }

    private static string ReadString(string text, ref int at)
    {
        StringBuilder part = new();
        while (at < text.Length)
        {
            char letter = text[at++];
            switch (letter)
            {
                case '"':
                    return part.ToString();
                case '\\':
                    part.Append(ReadEscape(text, ref at));
                    break;
                case < ' ':
                    throw Malformed();
                default:
                    part.Append(letter);
                    break;
            }
        }

        throw Malformed();
    }

    private static char ReadEscape(string text, ref int at)
    {
        char letter = at < text.Length ? text[at++] : throw Malformed();
        switch (letter)
        {
            case '"' or '\\' or '/':
                return letter;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when at + 4 <= text.Length
                && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code):
                at += 4;
                return (char)code;
            default:
                throw Malformed();
        }
    }

    private static void Expect(string text, ref int at, char expected)
    {
        if (!Take(text, ref at, expected))
        {
            throw Malformed();
        }
    }

    private static bool Take(string text, ref int at, char expected)
    {
        SkipWhiteSpace(text, ref at);
        if (at < text.Length && text[at] == expected)
        {
            at++;
            return true;
        }

        return false;
    }

    private static void SkipWhiteSpace(string text, ref int at)
    {
        while (at < text.Length && text[at] is (' ' or '\t' or '\r' or '\n'))
        {
            at++;
        }
    }

    private static FormatException Malformed() => new("A key must be a JSON array of strings.");
}
