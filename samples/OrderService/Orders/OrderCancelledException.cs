namespace OrderService.Orders;

/// <summary>A cancelled order cannot be changed any more.</summary>
internal sealed class OrderCancelledException(long id) : Exception($"Order {id} is cancelled and cannot be changed.")
{
    public long Id { get; } = id;
}
