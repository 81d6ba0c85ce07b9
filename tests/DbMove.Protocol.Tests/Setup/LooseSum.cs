using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>The same table, compared by value.</summary>
[Migratable(Name = "loose_sum", Comparison = EntityComparison.Equal), Table("sum")]
public sealed partial record LooseSum
{
    [Column("id")]
    public long Id { get; init; }

    [Column("total")]
    public decimal Total { get; init; }

    [Column("ratio")]
    public double Ratio { get; init; }
}
