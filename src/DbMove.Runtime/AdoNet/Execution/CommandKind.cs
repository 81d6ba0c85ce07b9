using System.Data;
using DbMove.Sql;

namespace DbMove.AdoNet.Execution;

/// <summary>Which kinds of command may be set.</summary>
internal static class CommandKind
{
    private const int LongestName = 128;

    /// <summary>
    /// Lets text through, and a "procedure" that is a keyword: Dapper takes any text without white space for a procedure's name, and
    /// of <c>BEGIN</c> the recognition says what is to be said.
    /// </summary>
    /// <exception cref="NotSupportedException">It is another kind.</exception>
    public static void Require(CommandType type, string text)
    {
        string name = text.Trim().TrimEnd(';');
        if (type == CommandType.Text || (type == CommandType.StoredProcedure && StatementRecognizer.IsVerb(name)))
        {
            return;
        }

        // A longer text may hold data, and is not repeated.
        bool isName = name.Length is > 0 and <= LongestName && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '"');
        throw new NotSupportedException(
            $"{type} is not supported: what {(isName ? name : "it")} writes nobody sees. Use text (Dapper takes one word for a procedure's name: pass CommandType.Text), or a connection of the driver's own if it concerns no entity.");
    }
}
