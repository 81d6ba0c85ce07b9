namespace DbMove.Sql;

/// <summary>How an engine's SQL is cut into tokens, where engines differ. What none of these says is the same everywhere.</summary>
internal readonly record struct TokenRules
{
    /// <summary>
    /// For a text of which nobody knows the engine, as at compile time: the quotes of all engines, and where they contradict each
    /// other the likelier reading. What the engine would refuse is read on, since nothing runs by these rules.
    /// </summary>
    public static TokenRules AnyEngine { get; } = new()
    {
        NestsComments = true, EndsCommentsAtReturn = true, HasDollarQuotes = true, HasEscapeStrings = true, HasBracketNames = true, HasBacktickNames = true, ReadsOn = true,
    };

    /// <summary>Whether nobody knows the engine: no engine has both.</summary>
    public bool IsAnyEngine => HasBracketNames && HasDollarQuotes;

    /// <summary>Whether a comment may stand within a comment.</summary>
    public bool NestsComments { get; init; }

    /// <summary>Whether a carriage return ends a <c>--</c> comment, not only a line feed.</summary>
    public bool EndsCommentsAtReturn { get; init; }

    /// <summary>Whether <c>$$text$$</c> and <c>$tag$text$tag$</c> are texts.</summary>
    public bool HasDollarQuotes { get; init; }

    /// <summary>Whether a backslash escapes the next character in <c>E'text'</c>.</summary>
    public bool HasEscapeStrings { get; init; }

    /// <summary>Whether <c>[name]</c> is a quoted name.</summary>
    public bool HasBracketNames { get; init; }

    /// <summary>Whether <c>`name`</c> is a quoted name.</summary>
    public bool HasBacktickNames { get; init; }

    /// <summary>
    /// Whether to read on where it is not certain what the engine would make of it, rather than to throw; and whether
    /// <see cref="SqlTokenizer.Hole"/> stands for a part that is not known.
    /// </summary>
    public bool ReadsOn { get; init; }
}
