namespace DbMove.Sqlite.Schema;

/// <summary>
/// Finds <c>ON CONFLICT REPLACE</c> and <c>ON CONFLICT IGNORE</c> in the definition of a table. No pragma tells them, so the
/// text is read word by word; comments, strings and quoted names hold no words.
/// </summary>
internal static class ConflictClauses
{
    /// <summary>Which of the two a definition has, each once, as <c>ON CONFLICT REPLACE</c>. The others refuse the row, with an error.</summary>
    public static IReadOnlyList<string> Find(string definition)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        ReadOnlySpan<char> rest = definition;
        int matched = 0;
        while (!rest.IsEmpty)
        {
            int length = LengthOfNext(rest, out bool isBlank, out bool isWord);
            ReadOnlySpan<char> token = rest[..length];
            rest = rest[length..];
            if (isBlank)
            {
                continue;
            }

            if (matched == 2 && isWord && (Is(token, "REPLACE") || Is(token, "IGNORE")))
            {
                found.Add("ON CONFLICT " + token.ToString().ToUpperInvariant());
            }

            matched = !isWord ? 0 : Is(token, "ON") ? 1 : matched == 1 && Is(token, "CONFLICT") ? 2 : 0;
        }

        return [.. found];
    }

    private static bool Is(ReadOnlySpan<char> token, string word) => token.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static int LengthOfNext(ReadOnlySpan<char> text, out bool isBlank, out bool isWord)
    {
        char first = text[0];
        bool isLineComment = text.StartsWith("--", StringComparison.Ordinal);
        bool isComment = isLineComment || text.StartsWith("/*", StringComparison.Ordinal);
        isBlank = isComment || char.IsWhiteSpace(first);
        isWord = !isBlank && IsWordPart(first);
        if (isComment)
        {
            int end = isLineComment ? text.IndexOf('\n') : text[2..].IndexOf("*/", StringComparison.Ordinal);
            return end < 0 ? text.Length : isLineComment ? end + 1 : end + 4;
        }

        if (isWord)
        {
            int end = 1;
            while (end < text.Length && IsWordPart(text[end]))
            {
                end++;
            }

            return end;
        }

        return first switch
        {
            '\'' or '"' or '`' => LengthOfQuoted(text, first),
            '[' => text.IndexOf(']') is var end and >= 0 ? end + 1 : text.Length,
            _ => 1,
        };
    }

    /// <summary>A doubled quote stands for one and does not end it.</summary>
    private static int LengthOfQuoted(ReadOnlySpan<char> text, char quote)
    {
        int end = 1;
        while (end < text.Length)
        {
            if (text[end] != quote)
            {
                end++;
            }
            else if (end + 1 < text.Length && text[end + 1] == quote)
            {
                end += 2;
            }
            else
            {
                return end + 1;
            }
        }

        return end;
    }

    private static bool IsWordPart(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '$' || character >= '\u0080';
}
