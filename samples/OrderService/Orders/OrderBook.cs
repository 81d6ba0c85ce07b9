using System.Data;
using DbMove;

namespace OrderService.Orders;

/// <summary>Every order of the shop, through the generated repositories: nothing here knows which database is the one that counts.</summary>
internal sealed class OrderBook(Migration migration, OrderRepository orders, OrderLineRepository lines, TimeProvider time)
{
    public async Task<OrderView> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await using DualWriteTransaction transaction = await migration.BeginTransactionAsync(cancellationToken: cancellationToken);
        Order order = await orders.InsertAsync(
            new Order { Customer = request.Customer, Note = request.Note, LineCount = request.Lines.Count, Total = TotalOf(request), PlacedAt = now, UpdatedAt = now },
            transaction,
            cancellationToken);
        IReadOnlyList<OrderLine> stored = await lines.InsertManyAsync(LinesOf(order.Id, request), transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return OrderView.Of(order, stored);
    }

    /// <returns>Null: there is no such order.</returns>
    public async Task<OrderView?> FindAsync(long id, CancellationToken cancellationToken) =>
        await orders.FindAsync(id, cancellationToken: cancellationToken) is { } order ? (await WithLinesAsync([order], cancellationToken))[0] : null;

    public async Task<OrderPage> ListAsync(long after, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<Order> page = await orders.ListAsync(after, limit, cancellationToken);
        return new OrderPage(await WithLinesAsync(page, cancellationToken), page.Count == limit ? page[^1].Id : null);
    }

    /// <summary>Who has ordered for the most money.</summary>
    public Task<IReadOnlyList<CustomerTotal>> SumByCustomerAsync(int limit, CancellationToken cancellationToken) =>
        orders.SumByCustomerAsync(OrderStatus.Cancelled, limit, cancellationToken);

    /// <summary>Replaces everything but number, status and date.</summary>
    /// <returns>Null: there is no such order.</returns>
    /// <exception cref="OrderCancelledException">It is cancelled.</exception>
    public async Task<OrderView?> ReplaceAsync(long id, OrderRequest request, CancellationToken cancellationToken)
    {
        await using DualWriteTransaction transaction = await BeginChangeAsync(cancellationToken);
        if (await orders.FindAsync(id, transaction, cancellationToken) is not { } order)
        {
            return null;
        }

        if (order.Status == OrderStatus.Cancelled)
        {
            throw new OrderCancelledException(id);
        }

        OrderLineKey[] dropped = [.. order.LineKeys().Skip(request.Lines.Count)];
        (order.Customer, order.Note, order.LineCount, order.Total, order.UpdatedAt) = (request.Customer, request.Note, request.Lines.Count, TotalOf(request), time.GetUtcNow());
        Order? changed = await orders.UpdateAsync(order, transaction, cancellationToken);
        if (changed is null)
        {
            return null;
        }

        await lines.DeleteManyAsync(dropped, transaction, cancellationToken);
        IReadOnlyList<OrderLine> stored = await lines.UpsertManyAsync(LinesOf(id, request), transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return OrderView.Of(changed, stored);
    }

    /// <summary>Cancels an order; one that is cancelled already stays as it is.</summary>
    /// <returns>Null: there is no such order.</returns>
    public async Task<OrderView?> CancelAsync(long id, CancellationToken cancellationToken)
    {
        await using (DualWriteTransaction transaction = await BeginChangeAsync(cancellationToken))
        {
            if (await orders.FindAsync(id, transaction, cancellationToken) is not { } order)
            {
                return null;
            }

            if (order.Status != OrderStatus.Cancelled)
            {
                (order.Status, order.UpdatedAt) = (OrderStatus.Cancelled, time.GetUtcNow());
                await orders.UpdateAsync(order, transaction, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }

        return await FindAsync(id, cancellationToken);
    }

    /// <summary>Cancels all that a customer has ordered and was not shipped, in one statement.</summary>
    /// <returns>The orders that were cancelled.</returns>
    public async Task<IReadOnlyList<OrderView>> CancelAllAsync(string customer, CancellationToken cancellationToken)
    {
        IReadOnlyList<Order> cancelled = await orders.MoveAsync(customer, OrderStatus.Placed, OrderStatus.Cancelled, time.GetUtcNow(), cancellationToken);
        return await WithLinesAsync([.. cancelled.OrderBy(order => order.Id)], cancellationToken);
    }

    /// <summary>Deletes an order and its lines: children first, no database cascades here.</summary>
    /// <returns>False: there is no such order.</returns>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        await using DualWriteTransaction transaction = await BeginChangeAsync(cancellationToken);
        if (await orders.FindAsync(id, transaction, cancellationToken) is not { } order)
        {
            return false;
        }

        await lines.DeleteManyAsync([.. order.LineKeys()], transaction, cancellationToken);
        bool deleted = await orders.DeleteAsync(id, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }

    // Repeatable read: what was read here and is changed by somebody else meanwhile makes the update fail, instead of being overwritten.
    private Task<DualWriteTransaction> BeginChangeAsync(CancellationToken cancellationToken) =>
        migration.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    private async Task<IReadOnlyList<OrderView>> WithLinesAsync(IReadOnlyList<Order> found, CancellationToken cancellationToken)
    {
        IReadOnlyList<OrderLine?> stored = await lines.FindManyAsync([.. found.SelectMany(order => order.LineKeys())], cancellationToken: cancellationToken);
        ILookup<long, OrderLine> byOrder = stored.OfType<OrderLine>().ToLookup(line => line.OrderId);
        return [.. found.Select(order => OrderView.Of(order, byOrder[order.Id]))];
    }

    private static decimal TotalOf(OrderRequest request) => request.Lines.Sum(line => line.Quantity * line.UnitPrice);

    private static OrderLine[] LinesOf(long id, OrderRequest request) =>
        [.. request.Lines.Select((line, index) => new OrderLine { OrderId = id, Line = index + 1, Sku = line.Sku, Quantity = line.Quantity, UnitPrice = line.UnitPrice })];
}
