using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace OrderService.Orders;

/// <summary>What a customer bought. The database numbers it; table and customer's column are called otherwise on the target.</summary>
[Migratable, Table("orders"), TargetTable("sales_orders")]
public sealed partial class Order
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("customer_name"), TargetColumn("customer")]
    public required string Customer { get; set; }

    [Column("status")]
    public OrderStatus Status { get; set; }

    /// <summary>The lines are numbered from 1 to this, so their keys are known without a query.</summary>
    [Column("line_count")]
    public int LineCount { get; set; }

    [Column("total")]
    public decimal Total { get; set; }

    [Column("note")]
    public string? Note { get; set; }

    [Column("placed_at")]
    public DateTimeOffset PlacedAt { get; init; }

    [Column("updated_at"), UpdatedAt]
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The keys of the order's lines.</summary>
    internal IEnumerable<OrderLineKey> LineKeys() => Enumerable.Range(1, LineCount).Select(line => new OrderLineKey(Id, line));
}
