using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace DbMove.AotSmoke.Entities;

/// <summary>A class with a key that the database makes, and names that differ per side.</summary>
[Migratable, Table("orders"), TargetTable("orders_new")]
public sealed partial class Order
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity), Column("id")]
    public long Id { get; init; }

    [Column("customer_name"), TargetColumn("customer")]
    public required string Customer { get; set; }

    [Column("total")]
    public decimal Total { get; set; }
}
