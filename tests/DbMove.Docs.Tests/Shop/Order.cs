// readme:entity
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop;

[Migratable, Table("orders")]
public sealed partial record Order
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)] public long Id { get; init; }
    [Column("customer_name"), TargetColumn("customer")] public required string Customer { get; init; }
    [Column("total")] public decimal Total { get; init; }
}
// readme:end
