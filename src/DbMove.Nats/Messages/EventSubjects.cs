using System.Globalization;
using System.Text;

namespace DbMove.Nats.Messages;

/// <summary>
/// The subjects of a migration: <c>{prefix}.{migration}.{entity}.inconsistent</c>. An entity's name is any text, and a token of a
/// subject is not: letters, digits, <c>-</c> and <c>_</c> stay, every other byte of its UTF-8 is written as <c>%XX</c>.
/// </summary>
internal sealed class EventSubjects(string prefix, string migration)
{
    private const string Last = ".inconsistent";
    private readonly string _begin = $"{prefix}.{migration}.";

    /// <summary>The subjects of all entities, as a stream or a filter names them.</summary>
    public string All => $"{_begin}*{Last}";

    /// <summary>The subject of an entity.</summary>
    public string Of(string entity) => $"{_begin}{Escape(entity)}{Last}";

    /// <summary>The entity of a subject; null: it is none of these subjects.</summary>
    public string? EntityOf(string subject) =>
        subject.Length > _begin.Length + Last.Length && subject.StartsWith(_begin, StringComparison.Ordinal) && subject.EndsWith(Last, StringComparison.Ordinal)
            ? Unescape(subject[_begin.Length..^Last.Length])
            : null;

    private static string Escape(string entity)
    {
        StringBuilder token = new(entity.Length);
        foreach (byte value in Encoding.UTF8.GetBytes(entity))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_')
            {
                token.Append((char)value);
            }
            else
            {
                token.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return token.ToString();
    }

    private static string? Unescape(string token)
    {
        List<byte> bytes = new(token.Length);
        for (int index = 0; index < token.Length; index++)
        {
            char letter = token[index];
            if (letter == '%')
            {
                if (index + 3 > token.Length || !byte.TryParse(token.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
                {
                    return null;
                }

                bytes.Add(value);
                index += 2;
            }
            else if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            {
                bytes.Add((byte)letter);
            }
            else
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
