using DbMove;

namespace Shop;

// readme:write
public sealed class Checkout(OrderRepository orders, Migration migration)
{
    public Task<Order> PlaceAsync(string customer, decimal total) => orders.InsertAsync(new Order { Customer = customer, Total = total });

    public async Task MergeAsync(Order from, Order into)
    {
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();   // rolls back unless committed
        await orders.UpdateAsync(into with { Total = into.Total + from.Total }, transaction);     // null: there is no such row
        await orders.DeleteAsync(from.Id, transaction);                                           // false: there is no such row
        await transaction.CommitAsync();
    }
}
// readme:end
