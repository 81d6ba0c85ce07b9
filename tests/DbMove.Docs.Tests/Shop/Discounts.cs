using DbMove;

namespace Shop;

// repositories:interface
public sealed class Discounts(IOrderRepository orders, IDualWriteTransactions transactions)
{
    public Task<Order?> GrantAsync(long id, decimal discount, CancellationToken cancellationToken = default) => transactions.ExecuteInTransactionAsync(
        async (transaction, token) =>
        {
            Order? order = await orders.FindAsync(id, transaction, token);
            return order is null || order.Total < discount ? null : await orders.UpdateAsync(order with { Total = order.Total - discount }, transaction, token);
        },
        cancellationToken: cancellationToken);
}
// repositories:end
