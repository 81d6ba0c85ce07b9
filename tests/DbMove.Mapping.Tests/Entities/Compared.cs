namespace DbMove.Mapping.Tests.Entities;

/// <summary>Every comparison policy.</summary>
[Migratable]
public sealed partial record Compared
{
    public int Id { get; init; }

    [NotCompared]
    public string? Remark { get; init; }

    [CompareTolerance(0.005)]
    public double Ratio { get; init; }

    [CompareTolerance(0.01)]
    public decimal? Price { get; init; }

    [CompareTolerance(2)]
    public long Count { get; init; }

    [ComparePrecision(TimePrecision.Milliseconds)]
    public DateTimeOffset ChangedAt { get; init; }

    [ComparePrecision(TimePrecision.Seconds)]
    public TimeSpan? Took { get; init; }

    [CompareText(TextComparison.Trimmed)]
    public string Code { get; init; } = "";

    [CompareText(TextComparison.Trimmed | TextComparison.IgnoreCase)]
    public string? Email { get; init; }

    [CompareJson]
    public string? Payload { get; init; }

    [CompareWith<PhoneComparer>]
    public string? Phone { get; init; }

    [CompareWith<ModuloComparer>]
    public int? Angle { get; init; }

    public decimal Total { get; init; }

    public double? Share { get; init; }
}
