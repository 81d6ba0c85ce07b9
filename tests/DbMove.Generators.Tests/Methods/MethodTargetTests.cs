namespace DbMove.Generators.Tests.Methods;

public sealed class MethodTargetTests() : MethodRuleTests("DBM1033")
{
    private const string Folk =
        """
        [Migratable, Table("folk")]
        public sealed partial class Person
        {
            public long Id { get; set; }
            [Column("customer_name")] public required string Name { get; set; }
        }

        public sealed partial class OrderRepository {

        """;

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
        """
        [Sql("UPDATE orders SET fresh = NULL")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE fresh = @p")] public partial Task<int> RunAsync(string p);
        """,
        """
        [Sql("DELETE FROM orders WHERE fresh = 'a'", Target = "DELETE FROM orders WHERE fresh = 'a'")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0", Target = "DELETE FROM orders WHERE old IS NULL")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("INSERT INTO orders (id, word) VALUES (1, '')", Target = "INSERT INTO orders (id, word, old) VALUES (1, '', '')")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE EXISTS (SELECT 1 FROM people WHERE name = customer_name)")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders GROUP BY customer_name")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT SUM(total) AS customer_name FROM orders WHERE customer_name <> '' ORDER BY customer_name")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders ORDER BY LOWER(customer_name)")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE customer_name = @n)")] public partial Task<int> RunAsync(string n);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE customer_name = @n)", Target = "SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE customer_name = @n)")] public partial Task<int> RunAsync(string n);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders JOIN people ON people.id = orders.id WHERE fresh = @n")] public partial Task<int> RunAsync(string n);
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT x AS customer_name FROM y) ORDER BY customer_name")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o, LATERAL (SELECT o.customer_name FROM people) p")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o WHERE o.total IS DISTINCT FROM (SELECT MAX(p.id) FROM people p WHERE o.customer_name = p.name)")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o WHERE o.total IN (1, (SELECT MAX(p.id) FROM people p WHERE o.customer_name = p.name))")] public partial Task<int> RunAsync();
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
        """
        [Sql("UPDATE orders SET total = total WHERE 1 = 0", Target = "UPDATE orders SET fresh = NULL")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE old IS NULL", Target = "DELETE FROM orders WHERE fresh IS NULL")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT SUM(total) AS customer_name FROM orders ORDER BY customer_name DESC")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT SUM(total) customer_name FROM orders ORDER BY 1, customer_name")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT MAX(count) AS customer_name FROM orders GROUP BY total", Target = "SELECT MAX(count) AS customer_name FROM orders GROUP BY customer_name")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE count::customer_name = 1")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders AS o JOIN (SELECT customer_name FROM people) AS p ON p.customer_name = o.word")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE EXISTS (SELECT 1 FROM people AS p WHERE p.name = p.customer_name)")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o, (SELECT customer_name FROM people) p")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders o JOIN people x ON x.id = o.id, (SELECT customer_name FROM people) p")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE people.customer_name = @n)")] public partial Task<int> RunAsync(string n);
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM folk WHERE customer_name = @n)")] public partial Task<int> RunAsync(string n); }
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE fresh = @n)")] public partial Task<int> RunAsync(string n);
        """,
        Folk + """
        [Sql("SELECT COUNT(*) FROM orders JOIN folk ON folk.id = orders.id WHERE folk.customer_name = @n", Target = "SELECT COUNT(*) FROM orders JOIN folk ON folk.id = orders.id WHERE customer_name = @n")] public partial Task<int> RunAsync(string n); }
        """,
        """
        [Sql("SELECT total AS customer_name FROM people UNION SELECT count FROM orders ORDER BY customer_name")] public partial Task<IReadOnlyList<decimal>> RunAsync();
        """,
        """
        [Sql("SELECT COUNT(*) FROM orders WHERE id IN (SELECT MAX(id) AS customer_name FROM people GROUP BY name ORDER BY customer_name)")] public partial Task<int> RunAsync();
        """,
    ];
}
