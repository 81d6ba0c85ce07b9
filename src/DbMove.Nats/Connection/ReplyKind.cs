namespace DbMove.Nats.Connection;

/// <summary>What became of a request.</summary>
internal enum ReplyKind
{
    /// <summary>The server answered.</summary>
    Answered,

    /// <summary>Nobody is there to answer: what the subject belongs to does not exist.</summary>
    NobodyThere,

    /// <summary>No answer in time.</summary>
    TimedOut,
}
