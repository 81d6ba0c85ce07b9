namespace DbMove.Generators.Tests.Methods;

public sealed class MethodTargetAnalyzerTests() : MethodRuleTests("DBM1033")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("DELETE FROM orders WHERE customer_name = @customer")] public partial Task<int> RunAsync(string customer);
        """,
        """
        [Sql("SELECT o.Customer_Name FROM orders o")] public partial Task<IReadOnlyList<string>> RunAsync();
        """,
        """
        [Sql("UPDATE orders SET customer_name = '' WHERE total = 0")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("INSERT INTO orders (customer_name, word) SELECT name, name FROM people")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE old IS NULL")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE customer_name = @customer", Target = "DELETE FROM orders WHERE customer_name = @customer")] public partial Task<int> RunAsync(string customer);
        """,
        """
        public partial class ParcelRepository { [Sql("DELETE FROM parcels WHERE weight = 0")] public partial Task<int> RunAsync(); }
        """,
        """
        [Sql("DELETE FROM orders WHERE customer_name = @c AND id IN (SELECT order_id FROM lines)")] public partial Task<int> RunAsync(string c);
        """,
        """
        [Sql("SELECT customer_name FROM orders, people")] public partial Task<IReadOnlyList<string>> RunAsync();
        """,
        """
        [Sql("SELECT count FROM orders WHERE id IN (SELECT id FROM parcels)")] public partial Task<IReadOnlyList<long>> RunAsync();
        """,
        """
        public partial class ParcelRepository { [Sql("SELECT weight FROM parcels", Target = "SELECT weight FROM parcels")] public partial Task<IReadOnlyList<int>> RunAsync(); }
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("DELETE FROM orders WHERE customer_name = @customer", Target = "DELETE FROM orders WHERE customer = @customer")] public partial Task<int> RunAsync(string customer);
        """,
        """
        [Sql("DELETE FROM orders WHERE word = 'customer_name' -- customer_name")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT total AS customer_name FROM orders")] public partial Task<IReadOnlyList<decimal>> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM people p JOIN orders o ON o.id = p.order_id WHERE p.customer_name = @name")] public partial Task<int> RunAsync(string name);
        """,
        """
        public partial class ParcelRepository { [Sql("DELETE FROM parcels WHERE weight = 0", Target = "DELETE FROM depot.packages WHERE weight = 0")] public partial Task<int> RunAsync(); }
        """,
        """
        [Sql("SELECT count FROM orders WHERE id IN (SELECT id FROM parcels)", Target = "SELECT count FROM orders WHERE id IN (SELECT id FROM depot.packages)")] public partial Task<IReadOnlyList<long>> RunAsync();
        """,
        """
        public partial class ParcelRepository { [Sql("SELECT weight FROM parcels", Target = "SELECT weight FROM packages")] public partial Task<IReadOnlyList<int>> RunAsync(); }
        """,
    ];
}
