namespace DbMove;

/// <summary>The event channel could not be reached or did not answer. What was not confirmed may or may not have been done.</summary>
/// <param name="message">What was tried.</param>
/// <param name="innerException">What the channel's driver said.</param>
public sealed class EventChannelException(string message, Exception? innerException = null)
    : DbMoveException(message, innerException);
