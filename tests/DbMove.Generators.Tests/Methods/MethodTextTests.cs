namespace DbMove.Generators.Tests.Methods;

public sealed class MethodTextTests() : MethodRuleTests("DBM1031")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("-- nothing")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0; DELETE FROM orders WHERE total = 1")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("TRUNCATE orders")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("MERGE INTO orders USING x ON true WHEN MATCHED THEN DELETE")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("CREATE INDEX i ON orders (total)")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("COMMIT")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("WITH gone AS (DELETE FROM orders RETURNING total) SELECT SUM(total) FROM gone")] public partial Task<decimal> RunAsync();
        """,
        """
        [Sql("DELETE FROM parcels WHERE weight = 0")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = :total")] public partial Task<int> RunAsync(decimal total);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = $1")] public partial Task<int> RunAsync(decimal total);
        """,
        """
        [Sql("DELETE FROM orders WHERE word = 'open")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0", Target = "SELECT 1")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = ?")] public partial Task<int> RunAsync(decimal total);
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("WITH big AS (SELECT id FROM orders WHERE total > 9) DELETE FROM orders WHERE id IN (SELECT id FROM big);")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("/* no; two */ DELETE FROM \"orders\" AS o WHERE o.word = 'a;b @c' -- the end")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("INSERT INTO orders (id, customer_name, word) SELECT id + 1, customer_name, word FROM orders", Target = "INSERT INTO orders (id, customer, word) SELECT id + 1, customer, word FROM orders")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("VALUES (1)")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT count FROM orders WHERE doc ? 'a' AND o.doc ?| ARRAY['b'] AND (doc) ?& ARRAY[['c']] AND doc @? '$.d'")] public partial Task<IReadOnlyList<long>> RunAsync();
        """,
    ];
}
