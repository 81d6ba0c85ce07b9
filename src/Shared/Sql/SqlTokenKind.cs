namespace DbMove.Sql;

/// <summary>What a token of a caller's SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A keyword or an unquoted name.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    QuotedName,

    /// <summary>A text in whatever quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A parameter: <c>@p</c>, <c>:p</c>, <c>$1</c>, <c>?</c>.</summary>
    Parameter,

    /// <summary>A part that is not known: what an interpolation puts in.</summary>
    Hole,

    /// <summary>Any other character; <c>::</c> is one token.</summary>
    Symbol,
}
