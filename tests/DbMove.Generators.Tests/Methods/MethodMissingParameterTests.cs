namespace DbMove.Generators.Tests.Methods;

public sealed class MethodMissingParameterTests() : MethodRuleTests("DBM1034")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = @total")] public partial Task<int> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = @transaction")] public partial Task<int> RunAsync(DualWriteTransaction transaction);
        """,
        """
        [Sql("DELETE FROM orders WHERE total < @a", Target = "DELETE FROM orders WHERE total < @a AND total > @b")] public partial Task<int> RunAsync(decimal a);
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = @total AND word <> '@other'")] public partial Task<int> RunAsync(decimal total);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = @event")] public partial Task<int> RunAsync(decimal @event);
        """,
    ];
}
