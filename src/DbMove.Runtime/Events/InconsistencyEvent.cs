namespace DbMove;

/// <summary>Confirmed inconsistencies of one kind in one entity.</summary>
public sealed record InconsistencyEvent
{
    /// <summary>Keys that one event holds at most.</summary>
    public const int MaximumKeys = 1000;

    /// <summary>Its identity, made by the publisher.</summary>
    public required string Id { get; init; }

    /// <summary>The migration's name.</summary>
    public required string Migration { get; init; }

    /// <summary>The entity's wire name.</summary>
    public required string Entity { get; init; }

    /// <summary>How the sides differed.</summary>
    public required InconsistencyKind Kind { get; init; }

    /// <summary>The side that was the authority when it was found. For information: a repair follows the current stage.</summary>
    public required Side Base { get; init; }

    /// <summary>The keys' texts, 1 to 1,000.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was delivered, this time included; 0 before the first.</summary>
    public int Attempts { get; init; }
}
