namespace DbMove;

/// <summary>
/// A statement through <see cref="DualWriteDataSource"/> was refused before anything of it was sent, because the follower
/// could not be made to follow it. The message says why and what to do instead; it never holds the statement's text.
/// </summary>
/// <param name="refusal">Why.</param>
/// <param name="message">Why, in words, with the remedy.</param>
public sealed class StatementRefusedException(StatementRefusal refusal, string message)
    : DbMoveException(message)
{
    /// <summary>Why it was refused.</summary>
    public StatementRefusal Refusal { get; } = refusal;
}
