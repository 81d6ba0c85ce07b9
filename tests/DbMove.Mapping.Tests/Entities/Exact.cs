namespace DbMove.Mapping.Tests.Entities;

/// <summary>Compared bit by bit, but for the one that says otherwise.</summary>
[Migratable(Comparison = EntityComparison.Identical)]
public sealed partial record Exact
{
    public int Id { get; init; }

    public decimal Amount { get; init; }

    public decimal? Rebate { get; init; }

    public double Ratio { get; init; }

    public float? Share { get; init; }

    public DateTimeOffset At { get; init; }

    public string Text { get; init; } = "";

    [CompareTolerance(1)]
    public decimal Weight { get; init; }
}
