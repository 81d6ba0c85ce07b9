namespace DbMove.Nats.Messages;

/// <summary>An event as it stands in a message. Every member may be missing in what somebody else sent.</summary>
internal sealed record WireEvent
{
    /// <summary>The version that this assembly writes, and the only one that it reads.</summary>
    public const int CurrentVersion = 1;

    public int? Version { get; init; }

    public string? Id { get; init; }

    public string? Migration { get; init; }

    public string? Entity { get; init; }

    public string? Kind { get; init; }

    public string? Base { get; init; }

    public IReadOnlyList<string?>? Keys { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public int? Attempts { get; init; }
}
