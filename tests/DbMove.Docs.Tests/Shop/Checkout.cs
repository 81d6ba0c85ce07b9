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
        Order? merged = await orders.UpdateAsync(into with { Total = into.Total + from.Total }, transaction);
        if (merged is not null && await orders.DeleteAsync(from.Id, transaction))   // null, false: there is no such row
        {
            await transaction.CommitAsync();                                        // else the transaction rolls back
        }
    }
}
// readme:end
