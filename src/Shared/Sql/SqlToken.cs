namespace DbMove.Sql;

/// <summary>A token of a caller's SQL, by its place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character.</param>
/// <param name="Length">How long it is, quotes included.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int Length)
{
    /// <summary>Behind its last character.</summary>
    public int End => Start + Length;
}
