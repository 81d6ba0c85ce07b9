using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.Runtime.Tests.Setup;

/// <summary>The child; added first, so that only the foreign key puts it second.</summary>
[Migratable, Table("purchase")]
public sealed partial record Purchase
{
    [Key, Column("id")]
    public long Id { get; init; }

    [Column("customer_id"), TargetColumn("buyer_id")]
    public long CustomerId { get; init; }
}
