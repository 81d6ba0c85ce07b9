using DbMove;

namespace OrderService.Orders;

/// <summary>The shop's own SQL, beside what is generated: a text for each side, checked by the compiler and run by whichever side decides.</summary>
public sealed partial class OrderRepository
{
    [Sql("SELECT * FROM orders WHERE id > @after ORDER BY id LIMIT @limit",
        Target = "SELECT * FROM sales_orders WHERE id > @after ORDER BY id LIMIT @limit")]
    public partial Task<IReadOnlyList<Order>> ListAsync(long after, int limit, CancellationToken cancellationToken = default);

    [Sql("SELECT customer_name, COUNT(*) AS orders, SUM(total) AS total FROM orders WHERE status <> @without GROUP BY customer_name ORDER BY SUM(total) DESC, customer_name LIMIT @limit",
        Target = "SELECT customer, COUNT(*) AS orders, SUM(total) AS total FROM sales_orders WHERE status <> @without GROUP BY customer ORDER BY SUM(total) DESC, customer LIMIT @limit")]
    public partial Task<IReadOnlyList<CustomerTotal>> SumByCustomerAsync(OrderStatus without, int limit, CancellationToken cancellationToken = default);

    /// <returns>The orders that were changed, as they are now.</returns>
    [Sql("UPDATE orders SET status = @to, updated_at = @now WHERE customer_name = @customer AND status = @from",
        Target = "UPDATE sales_orders SET status = @to, updated_at = @now WHERE customer = @customer AND status = @from")]
    public partial Task<IReadOnlyList<Order>> MoveAsync(string customer, OrderStatus from, OrderStatus to, DateTimeOffset now, CancellationToken cancellationToken = default);
}
