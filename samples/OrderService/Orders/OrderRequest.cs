using System.ComponentModel.DataAnnotations;
using OrderService.Validation;

namespace OrderService.Orders;

/// <summary>What a caller sends to place an order, or to replace one.</summary>
public sealed record OrderRequest
{
    [Required, StringLength(200, MinimumLength = 1)]
    public required string Customer { get; init; }

    [StringLength(2000)]
    public string? Note { get; init; }

    [Required, Count(1, 100)]
    public required IReadOnlyList<OrderLineRequest> Lines { get; init; }
}
