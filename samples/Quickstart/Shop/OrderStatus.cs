namespace Quickstart.Shop;

/// <summary>How far an order is. Kept as a number on both sides.</summary>
public enum OrderStatus : short
{
    Placed,
    Paid,
    Shipped,
    Returned,
}
