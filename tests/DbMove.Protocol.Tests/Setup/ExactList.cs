using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Arrays that are compared bit by bit.</summary>
[Migratable(Comparison = EntityComparison.Identical), Table("list")]
public sealed partial record ExactList
{
    [Column("id")]
    public long Id { get; init; }

    [Column("totals")]
    public required decimal[] Totals { get; init; }

    [Column("ratios")]
    public double[]? Ratios { get; init; }
}
