using DbMove;

namespace Shop;

// readme:write
public sealed class Checkout(OrderRepository orders, Migration migration)
{
    public Task<Order> PlaceAsync(string customer, decimal total) =>
        orders.InsertAsync(new Order { Customer = customer, Total = total });

    public async Task MergeAsync(Order from, Order into)
    {
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        await orders.UpdateAsync(into with { Total = into.Total + from.Total }, transaction);
        await orders.DeleteAsync(from.Id, transaction);
        await transaction.CommitAsync();
    }
}
// readme:end
