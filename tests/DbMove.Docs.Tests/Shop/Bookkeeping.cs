using DbMove;

namespace Shop;

/// <summary>The transactions of docs/repositories.md.</summary>
public sealed class Bookkeeping(OrderRepository orders, Migration migration)
{
    // repositories:find
    public async Task<decimal> TotalAsync(IReadOnlyList<long> ids, DualWriteTransaction transaction)
    {
        IReadOnlyList<Order?> found = await orders.FindManyAsync(ids, transaction);     // null in place of a missing row
        return found.Sum(order => order?.Total ?? 0);
    }
    // repositories:end

    // repositories:retry
    public Task<Order?> AddAsync(long id, decimal amount) => migration.ExecuteInTransactionAsync(async (transaction, cancellationToken) =>
    {
        Order? order = await orders.FindAsync(id, transaction, cancellationToken);
        return order is null ? null : await orders.UpdateAsync(order with { Total = order.Total + amount }, transaction, cancellationToken);
    });
    // repositories:end

    // repositories:savepoint
    public async Task<decimal> PlaceWithinAsync(IReadOnlyList<Order> wanted, decimal limit)
    {
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync();
        decimal total = 0;
        foreach (Order order in wanted)
        {
            await transaction.SaveAsync("before");
            Order placed = await orders.InsertAsync(order, transaction);
            if (total + placed.Total > limit)
            {
                await transaction.RollbackAsync("before");      // this order alone is undone
                break;
            }

            total += placed.Total;
        }

        await transaction.CommitAsync();
        return total;
    }
    // repositories:end
}
