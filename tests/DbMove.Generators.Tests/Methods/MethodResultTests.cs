namespace DbMove.Generators.Tests.Methods;

public sealed class MethodResultTests() : MethodRuleTests("DBM1037")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("SELECT 1 AS one FROM orders")] public partial Task RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<long> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial IAsyncEnumerable<Order> RunAsync();
        """,
        """
        [Sql("SELECT * FROM orders")] public partial Task<List<Order>> RunAsync();
        """,
        """
        [Sql("SELECT * FROM orders")] public partial Task<IEnumerable<Order>> RunAsync();
        """,
        """
        [Sql("SELECT * FROM orders")] public partial Task<Order[]> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0 RETURNING *")] public partial Task<IReadOnlyList<Order>> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<IReadOnlyList<Pair>> RunAsync();
        """,
        """
        [Sql("SELECT id, total FROM orders")] public partial Task<IReadOnlyList<Order>> RunAsync();
        """,
        """
        [Sql("SELECT count, SUM(total) FROM orders GROUP BY count")] public partial Task<IReadOnlyList<Pair>> RunAsync();
        """,
        """
        [Sql("SELECT count, SUM(total) AS sum FROM orders GROUP BY count")] public partial Task<IReadOnlyList<Pair>> RunAsync();
        """,
        """
        [Sql("SELECT count, total FROM orders", Target = "SELECT count, total AS sum FROM orders")] public partial Task<IReadOnlyList<Pair>> RunAsync();
        """,
        """
        [Sql("SELECT count FROM orders")] public partial Task<IReadOnlyList<Opaque>> RunAsync();
        """,
        """
        [Sql("SELECT count, total FROM orders")] public partial Task<long> RunAsync();
        """,
        """
        [Sql("SELECT state || '' FROM orders")] public partial Task<IReadOnlyList<OrderState>> RunAsync();
        """,
        """
        [Sql("SELECT count, SUM(price) AS total FROM orders GROUP BY count")] public partial Task<IReadOnlyList<Pair>> RunAsync();
        """,
        """
        [Sql("SELECT count FROM orders")] public partial Task<IReadOnlyList<Extra>> RunAsync();
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<IReadOnlyList<Order>> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0 RETURNING id")] public partial Task<IReadOnlyList<OrderId>> RunAsync();
        """,
        """
        [Sql("SELECT * FROM orders")] public partial Task<IReadOnlyList<Order>> RunAsync();
        """,
        """
        [Sql("SELECT o.* FROM orders AS o")] public partial Task<Order> RunAsync();
        """,
        """
        [Sql("SELECT count, SUM(total) AS total FROM orders GROUP BY count")] public partial Task<IReadOnlyList<Pair>> RunAsync();
        """,
        """
        [Sql("SELECT MAX(count) FROM orders")] public partial Task<long?> RunAsync();
        """,
        """
        [Sql("SELECT DISTINCT state FROM orders")] public partial IAsyncEnumerable<OrderState> RunAsync();
        """,
        """
        [Sql("SELECT count, SUM(total) AS sum FROM orders GROUP BY count")] public partial Task<IReadOnlyList<Extra>> RunAsync();
        """,
        """
        [Sql("SELECT MAX(state) FROM orders")] public partial Task<OrderState?> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(price) FROM orders")] public partial Task<decimal> RunAsync();
        """,
        """
        [Sql("SELECT SUM(price) FROM orders")] public partial Task<long> RunAsync();
        """,
    ];
}
