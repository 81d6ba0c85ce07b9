using System.Text;

namespace DbMove.Simulation.Tests.Sql;

/// <summary>Cuts a statement into words: identifiers and keywords as they are, parameters with their @, texts with a leading quote.</summary>
internal static class Lexer
{
    public static List<string> Read(string sql)
    {
        List<string> words = [];
        int at = 0;
        while (at < sql.Length)
        {
            char letter = sql[at];
            int from = at++;
            if (char.IsWhiteSpace(letter))
            {
                continue;
            }

            if (letter is '\'' or '"')
            {
                StringBuilder text = new(letter == '\'' ? "'" : string.Empty);
                for (; sql[at] != letter || (at + 1 < sql.Length && sql[at + 1] == letter); at++)
                {
                    at += sql[at] == letter ? 1 : 0;
                    text.Append(sql[at]);
                }

                at++;
                words.Add(text.ToString());
                continue;
            }

            if (letter == '@' || char.IsLetterOrDigit(letter) || letter == '_')
            {
                while (at < sql.Length && (char.IsLetterOrDigit(sql[at]) || sql[at] == '_'))
                {
                    at++;
                }
            }
            else if (at < sql.Length && (sql[from..(at + 1)] is "<>" or "<=" or ">=" or "!="))
            {
                at++;
            }

            words.Add(sql[from..at]);
        }

        return words;
    }
}
