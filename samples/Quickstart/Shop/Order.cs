using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using DbMove;

namespace Quickstart.Shop;

/// <summary>What a customer bought. The database numbers it; the reference is the shop's own.</summary>
[Migratable, Table("orders")]
public sealed partial record Order
{
    [Key, Column("id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; init; }

    [Column("reference")]
    public required string Reference { get; init; }

    [Column("customer_id")]
    public long CustomerId { get; init; }

    [Column("status")]
    public OrderStatus Status { get; init; }

    [Column("total")]
    public decimal Total { get; init; }

    [Column("note")]
    public string? Note { get; init; }

    [Column("placed_at")]
    public DateTimeOffset PlacedAt { get; init; }

    [Column("updated_at"), UpdatedAt]
    public DateTimeOffset UpdatedAt { get; init; }
}
