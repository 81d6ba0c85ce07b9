namespace DbMove.Nats.Messages;

/// <summary>Why the server refused a publication.</summary>
internal sealed record PublishError
{
    public int Code { get; init; }

    public int ErrCode { get; init; }

    public string? Description { get; init; }
}
