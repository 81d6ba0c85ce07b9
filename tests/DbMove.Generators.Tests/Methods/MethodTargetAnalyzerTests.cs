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
    ];
}
