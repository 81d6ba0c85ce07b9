using System.ComponentModel.DataAnnotations;
using OrderService.Validation;

namespace OrderService.Orders;

/// <summary>One article that a caller orders.</summary>
public sealed record OrderLineRequest
{
    [Required, StringLength(60, MinimumLength = 1)]
    public required string Sku { get; init; }

    [Range(1, 10_000)]
    public required short Quantity { get; init; }

    [Money]
    public required decimal UnitPrice { get; init; }
}
