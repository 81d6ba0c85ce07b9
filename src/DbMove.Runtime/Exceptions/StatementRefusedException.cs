namespace DbMove;

/// <summary>
/// A statement through <see cref="DualWriteDataSource"/> was refused, because the follower could not be made to follow it: before
/// anything of it was sent, or, for a query that calls a function which writes, by the server, which kept nothing of it. The
/// message says why and what to do instead; it never holds the statement's text.
/// </summary>
/// <param name="refusal">Why.</param>
/// <param name="message">Why, in words, with the remedy.</param>
/// <param name="innerException">What the server said, if it was asked.</param>
public sealed class StatementRefusedException(StatementRefusal refusal, string message, Exception? innerException = null)
    : DbMoveException(message, innerException)
{
    /// <summary>Why it was refused.</summary>
    public StatementRefusal Refusal { get; } = refusal;
}
