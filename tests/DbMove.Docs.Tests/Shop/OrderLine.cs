// docs:entity
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Shop;

[Migratable, Table("order_lines"), TargetTable("lines")]
public sealed partial record OrderLine
{
    [Key, Column("order_id", Order = 1)] public long OrderId { get; init; }
    [Key, Column("line", Order = 2)] public int Line { get; init; }
    [Column("sku"), TargetColumn("article")] public required string Sku { get; init; }
    [Column("price")] public decimal? Price { get; init; }
    [Column("changed_at"), UpdatedAt] public DateTimeOffset ChangedAt { get; init; }
}
// docs:end
