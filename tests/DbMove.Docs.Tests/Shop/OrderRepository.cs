using DbMove;

namespace Shop;

// repositories:sql
public sealed partial class OrderRepository
{
    [Sql("UPDATE orders SET total = total + @amount WHERE customer_name = @customer",
        Target = "UPDATE orders SET total = total + @amount WHERE customer = @customer")]
    public partial Task<int> AddToTotalsAsync(string customer, decimal amount, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("DELETE FROM orders WHERE total < @limit")]
    public partial Task<IReadOnlyList<Order>> DeleteSmallAsync(decimal limit, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("SELECT customer_name, COUNT(*) AS orders, SUM(total) AS total FROM orders GROUP BY customer_name ORDER BY total DESC",
        Target = "SELECT customer, COUNT(*) AS orders, SUM(total) AS total FROM orders GROUP BY customer ORDER BY total DESC")]
    public partial IAsyncEnumerable<CustomerTotal> SumByCustomerAsync(CancellationToken cancellationToken = default);

    [Sql("SELECT * FROM orders WHERE total = (SELECT MAX(total) FROM orders) LIMIT 1")]
    public partial Task<Order?> FindLargestAsync(CancellationToken cancellationToken = default);
}

public sealed record CustomerTotal(string Customer, int Orders, decimal Total);
// repositories:end
