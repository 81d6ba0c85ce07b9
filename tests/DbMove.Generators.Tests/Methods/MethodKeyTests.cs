namespace DbMove.Generators.Tests.Methods;

public sealed class MethodKeyTests() : MethodRuleTests("DBM1032")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("UPDATE orders SET id = @id WHERE total = 0")] public partial Task<int> RunAsync(long id);
        """,
        """
        [Sql("UPDATE orders AS o SET total = 0, \"Id\" = 5")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("UPDATE orders SET rowid = 5 WHERE total = 0")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("INSERT INTO orders (id, word) VALUES (@id, '') ON CONFLICT (id) DO UPDATE SET id = 7")] public partial Task<int> RunAsync(OrderId id);
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("UPDATE orders SET total = id WHERE id = @id")] public partial Task<int> RunAsync(OrderId id);
        """,
        """
        [Sql("INSERT INTO orders (id, word) VALUES (@id, '') ON CONFLICT (id) DO UPDATE SET total = excluded.total")] public partial Task<int> RunAsync(OrderId id);
        """,
        """
        [Sql("UPDATE orders SET grid[id] = 5 WHERE total = 0")] public partial Task<int> RunAsync();
        """,
    ];
}
