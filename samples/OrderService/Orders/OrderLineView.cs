namespace OrderService.Orders;

/// <summary>One article of an order as a caller sees it.</summary>
internal sealed record OrderLineView(int Line, string Sku, short Quantity, decimal UnitPrice)
{
    public static OrderLineView Of(OrderLine line) => new(line.Line, line.Sku, line.Quantity, line.UnitPrice);
}
