using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations.Schema;
using System.Threading;
using System.Threading.Tasks;
using DbMove;

namespace Shop.Domain;

public enum OrderState
{
    New,
    Paid,
}

public readonly record struct OrderId(long Value);

[Migratable, Table("orders"), TargetTable("sales_orders")]
public sealed partial class Order
{
    public OrderId Id { get; set; }

    [Column("customer_name"), TargetColumn("customer")]
    public required string Customer { get; set; }

    public decimal Total { get; set; }

    [StoreAsText]
    public OrderState State { get; set; }

    public OrderState? Before { get; set; }

    public DateTimeOffset PlacedAt { get; set; }

    // {new column}
}

public sealed record CustomerTotal(string Customer, decimal? Sum, OrderState State, OrderId Last);

public sealed class Summary
{
    public int Count { get; set; }

    public DateTimeOffset? LatestAt { get; set; }
}

public partial class OrderRepository
{
    /// <summary>Adds to the totals of a customer.</summary>
    [Sql("UPDATE orders SET total = total + @amount WHERE customer_name = @customer",
        Target = "UPDATE sales_orders SET total = total + @amount WHERE customer = @customer")]
    public partial Task<int> AddToTotalsAsync(string customer, decimal amount, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);

    [Sql("UPDATE orders SET state = @state, before = @before WHERE id IN (@first, @second) AND placedAt < @until",
        Target = "UPDATE sales_orders SET state = @state, before = @before WHERE id IN (@first, @second) AND placedAt < @until")]
    public partial Task<IReadOnlyList<Order>> SetStateAsync(OrderState state, OrderState? before, OrderId first, long second, DateTimeOffset until, CancellationToken cancellationToken);

    [Sql("SELECT * FROM orders WHERE id = @event", Target = "SELECT * FROM sales_orders WHERE id = @event")]
    public partial Task<Order?> FindOneAsync(long @event, DualWriteTransaction? transaction);

    [Sql("SELECT * FROM orders ORDER BY id", Target = "SELECT * FROM sales_orders ORDER BY id", CommandTimeout = 0)]
    public partial IAsyncEnumerable<Order> StreamAsync(CancellationToken cancellationToken = default);

    [Sql("SELECT customer_name, SUM(total) AS sum, state, MAX(id) AS last FROM orders GROUP BY customer_name, state",
        Target = "SELECT customer, SUM(total) AS sum, state, MAX(id) AS last FROM sales_orders GROUP BY customer, state")]
    internal partial ValueTask<IReadOnlyList<CustomerTotal>> SumAsync(CancellationToken cancellationToken);

    [Sql("SELECT COUNT(*) AS count, MAX(placedAt) AS latest_at FROM orders", Target = "SELECT COUNT(*) AS count, MAX(placedAt) AS latest_at FROM sales_orders")]
    public partial Task<Summary> SummarizeAsync();

    [Sql("SELECT COUNT(*) FROM orders", Target = "SELECT COUNT(*) FROM sales_orders")]
    public partial Task<long> CountAsync(CancellationToken cancellationToken);

    [Sql("SELECT state FROM orders WHERE id = @id", Target = "SELECT state FROM sales_orders WHERE id = @id")]
    public partial Task<OrderState?> FindStateAsync(OrderId id, CancellationToken cancellationToken);

    [Sql("DELETE FROM orders WHERE total = 0", Target = "DELETE FROM sales_orders WHERE total = 0")]
    public partial ValueTask DeleteEmptyAsync(DualWriteTransaction transaction);

    [Sql("INSERT INTO orders (customer_name, total, state, placedAt) VALUES (@customer, @arguments, 'New', @placedAt) RETURNING id",
        Target = "INSERT INTO sales_orders (customer, total, state, placedAt) VALUES (@customer, @arguments, 'New', @placedAt) RETURNING id")]
    public virtual partial Task<OrderId> PlaceAsync(string customer, int arguments, DateTimeOffset placedAt);
}
