using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>A decimal in a column of the test's choice.</summary>
[Migratable, Table("bill")]
public sealed partial record Bill
{
    [Column("id")]
    public long Id { get; init; }

    [Column("total")]
    public decimal Total { get; init; }
}
