namespace OrderService.Orders;

/// <summary>How far an order is. Kept as a number on both sides.</summary>
public enum OrderStatus : short
{
    Placed,
    Shipped,
    Cancelled,
}
