using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Compared bit by bit.</summary>
[Migratable(Comparison = EntityComparison.Identical), Table("sum")]
public sealed partial record ExactSum
{
    [Column("id")]
    public long Id { get; init; }

    [Column("total")]
    public decimal Total { get; init; }

    [Column("ratio")]
    public double Ratio { get; init; }
}
