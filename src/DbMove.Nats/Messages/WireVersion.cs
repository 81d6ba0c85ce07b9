namespace DbMove.Nats.Messages;

/// <summary>What every version of a message has: read first, since all else may look different in a later one.</summary>
internal sealed record WireVersion
{
    public int? Version { get; init; }
}
