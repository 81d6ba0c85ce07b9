using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Quickstart.Shop;

/// <summary>One article of an order. Its key has two columns, so the generator makes an <c>OrderLineKey</c>.</summary>
[Migratable, Table("order_lines")]
public sealed partial record OrderLine
{
    [Key, Column("order_id", Order = 0)]
    public long OrderId { get; init; }

    [Key, Column("line_number", Order = 1)]
    public int LineNumber { get; init; }

    [Column("sku")]
    public required string Sku { get; init; }

    [Column("quantity")]
    public int Quantity { get; init; }

    [Column("unit_price")]
    public decimal UnitPrice { get; init; }
}
