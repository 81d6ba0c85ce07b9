namespace DbMove.AotSmoke.Traffic;

/// <summary>An order as the service answers it.</summary>
internal sealed record OrderView(
    long Id, string Customer, string Status, decimal Total, string? Note, DateTimeOffset PlacedAt, DateTimeOffset UpdatedAt, IReadOnlyList<LineView> Lines);
