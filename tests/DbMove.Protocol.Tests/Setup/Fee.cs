using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Protocol.Tests.Setup;

/// <summary>Two decimals in columns of the test's choice.</summary>
[Migratable, Table("fee")]
public sealed partial record Fee
{
    [Column("id")]
    public long Id { get; init; }

    [Column("low")]
    public decimal Low { get; init; }

    [Column("high")]
    public decimal High { get; init; }
}
