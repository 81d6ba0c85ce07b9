using System;
using DbMove;

namespace Shop.Domain;

[Migratable(Comparison = EntityComparison.Identical)]
public sealed partial record Sample
{
    public Guid Id { get; init; }

    public decimal Amount { get; init; }

    public double? Ratio { get; init; }

    public float Share { get; init; }

    public DateTimeOffset At { get; init; }

    public string? Text { get; init; }

    [CompareTolerance(0.5)]
    public decimal Weight { get; init; }

    public decimal[]? Prices { get; init; }

    public string[]? Tags { get; init; }

    // {new column}
}
