namespace DbMove.AotSmoke.Traffic;

/// <summary>A parcel as the service answers it, and as it is sent.</summary>
internal sealed record ParcelView(
    Guid Id, long OrderId, string State, bool IsFragile, double? Weight, DateTimeOffset? SentAt, DateOnly? DueOn, TimeOnly? DueBy, byte[]? Seal, string? Note);
