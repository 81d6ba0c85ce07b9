namespace DbMove.Generators.Tests.Methods;

public sealed class MethodUnusedParameterTests() : MethodRuleTests("DBM1035")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<int> RunAsync(decimal total);
        """,
        """
        [Sql("DELETE FROM orders WHERE total < @a AND total > @b", Target = "DELETE FROM orders WHERE total < @a")] public partial Task<int> RunAsync(decimal a, decimal b);
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<int> RunAsync(CancellationToken cancellationToken);
        """,
        """
        [Sql("SELECT count FROM orders LIMIT @limit")] public partial Task<IReadOnlyList<long>> RunAsync(int limit);
        """,
        """
        [Sql("SELECT count FROM orders WHERE id = ANY(ARRAY[@a, @b]) OR id = ANY (ARRAY [@a])")] public partial Task<IReadOnlyList<long>> RunAsync(long a, long b);
        """,
    ];
}
