using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace OrderService.Orders;

/// <summary>
/// One article of an order: a struct with a key of two columns. <c>[Table]</c> is for classes only, so on the source the table
/// has the type's name.
/// </summary>
[Migratable, TargetTable("order_lines")]
public readonly partial record struct OrderLine
{
    [Key, Column("order_id", Order = 0)]
    public required long OrderId { get; init; }

    [Key, Column("line", Order = 1)]
    public required int Line { get; init; }

    [Column("sku"), TargetColumn("article")]
    public required string Sku { get; init; }

    [Column("quantity")]
    public required short Quantity { get; init; }

    [Column("unit_price")]
    public required decimal UnitPrice { get; init; }
}
