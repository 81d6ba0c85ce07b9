namespace OrderService.Orders;

/// <summary>An order as a caller sees it.</summary>
internal sealed record OrderView(
    long Id, string Customer, OrderStatus Status, decimal Total, string? Note, DateTimeOffset PlacedAt, DateTimeOffset UpdatedAt, IReadOnlyList<OrderLineView> Lines)
{
    public static OrderView Of(Order order, IEnumerable<OrderLine> lines) => new(
        order.Id, order.Customer, order.Status, order.Total, order.Note, order.PlacedAt, order.UpdatedAt, [.. lines.Select(OrderLineView.Of)]);
}
