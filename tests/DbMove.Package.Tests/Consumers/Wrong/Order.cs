using DbMove;

namespace Wrong;

// The word that everybody forgets once.
[Migratable]
public sealed class Order
{
    public long Id { get; init; }
}

public sealed class Checkout(OrderRepository orders)
{
    public Task<Order> PlaceAsync(Order order) => orders.InsertAsync(order);
}
