using DbMove.Dialects;

namespace DbMove.AdoNet.Recognition;

/// <summary>Cuts a command's text into its statements.</summary>
internal static class StatementSplitter
{
    /// <summary>The statements that hold anything, recognized.</summary>
    public static List<RecognizedStatement> Split(string text, SqlLexicon lexicon)
    {
        SqlToken[] tokens;
        try
        {
            tokens = [.. SqlTokenizer.Read(text, lexicon)];
        }
        catch (FormatException exception)
        {
            return [new RecognizedStatement { Kind = StatementKind.Unknown, Text = text, Verb = "the statement", Reason = "it cannot be read: there is " + exception.Message }];
        }

        List<RecognizedStatement> statements = [];
        int first = 0;
        for (int index = 0; index <= tokens.Length; index++)
        {
            if (index == tokens.Length || tokens[index] is { Kind: SqlTokenKind.Symbol, Length: 1, Start: int at } && text[at] == ';')
            {
                if (index > first)
                {
                    statements.Add(Cut(text, tokens[first..index]));
                }

                first = index + 1;
            }
        }

        return statements;
    }

    // Positions become the statement's own: what is added to it later is added by them.
    private static RecognizedStatement Cut(string text, SqlToken[] tokens)
    {
        int start = tokens[0].Start;
        string own = text[start..tokens[^1].End];
        return StatementRecognizer.Recognize(own, Array.ConvertAll(tokens, token => token with { Start = token.Start - start }));
    }
}
