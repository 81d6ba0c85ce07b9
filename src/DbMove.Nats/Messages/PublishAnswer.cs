namespace DbMove.Nats.Messages;

/// <summary>The server's answer to a publication.</summary>
internal sealed record PublishAnswer
{
    public string? Stream { get; init; }

    public bool Duplicate { get; init; }

    public PublishError? Error { get; init; }
}
