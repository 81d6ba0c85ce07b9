namespace DbMove.Events;

/// <summary>What became of a published message.</summary>
public enum PublishOutcome
{
    /// <summary>The broker keeps it, or kept it already.</summary>
    Accepted,

    /// <summary>Nothing is known, or it was refused for now, such as by a full stream: publish it again later.</summary>
    Failed,

    /// <summary>It is larger than the broker takes. The same event with fewer keys may pass.</summary>
    TooLarge,
}
