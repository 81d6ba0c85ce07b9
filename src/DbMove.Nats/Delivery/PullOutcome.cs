namespace DbMove.Nats.Delivery;

/// <summary>What a pull came back with.</summary>
internal enum PullOutcome
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>There was none.</summary>
    Nothing,

    /// <summary>The consumer or its stream is missing, or was deleted while the pull waited.</summary>
    Missing,

    /// <summary>The server would not take the pull, and says why.</summary>
    Refused,

    /// <summary>No answer.</summary>
    Silence,
}
