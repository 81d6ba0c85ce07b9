namespace DbMove.Sql;

/// <summary>Cuts a command's text into its statements.</summary>
internal static class StatementSplitter
{
    /// <summary>The statements that hold anything, recognized.</summary>
    public static List<RecognizedStatement> Split(string text, TokenRules rules)
    {
        SqlToken[] tokens;
        try
        {
            tokens = [.. SqlTokenizer.Read(text, rules)];
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
                    statements.Add(Cut(text, tokens.AsSpan(first, index - first)));
                }

                first = index + 1;
            }
        }

        return statements;
    }

    // Positions become the statement's own: what is added to it later is added by them.
    private static RecognizedStatement Cut(string text, ReadOnlySpan<SqlToken> tokens)
    {
        int start = tokens[0].Start;
        SqlToken[] own = new SqlToken[tokens.Length];
        for (int index = 0; index < own.Length; index++)
        {
            own[index] = tokens[index] with { Start = tokens[index].Start - start };
        }

        return StatementRecognizer.Recognize(text[start..tokens[^1].End], own);
    }
}
