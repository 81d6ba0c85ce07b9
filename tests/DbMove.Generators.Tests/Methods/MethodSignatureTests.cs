namespace DbMove.Generators.Tests.Methods;

public sealed class MethodSignatureTests() : MethodRuleTests("DBM1030")
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial int RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<int> RunAsync(DualWriteTransaction first, DualWriteTransaction? second);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = @total")] public partial Task<int> RunAsync(in decimal total);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public Task<int> RunAsync() => Task.FromResult(0);
        """,
        """
        public sealed partial class Elsewhere { [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<int> RunAsync(); }
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public static partial Task<int> RunAsync();
        """,
        """
        [Sql("SELECT count FROM orders")] public partial IEnumerable<long> RunAsync();
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0", CommandTimeout = -1)] public partial Task<int> RunAsync();
        """,
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        [Sql("DELETE FROM orders WHERE total = 0")] public partial Task<int> RunAsync(DualWriteTransaction? transaction, CancellationToken cancellationToken);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] private partial ValueTask<int> RunAsync(CancellationToken cancellationToken, DualWriteTransaction transaction);
        """,
        """
        [Sql("DELETE FROM orders WHERE total = 0")] internal partial Task RunAsync();
        """,
        """
        [Repository<Order>] public partial class Elsewhere { [Sql("DELETE FROM orders WHERE total = 0")] public virtual partial Task<int> RunAsync(); }
        """,
        """
        [Sql("DELETE FROM orders WHERE id = @id")] public partial Task<int> Find(long id);
        [Sql("DELETE FROM orders WHERE id = @id")] public partial Task<int> Find(OrderId id);
        [Sql("DELETE FROM orders WHERE id = @id")] public partial Task<int> Find_2(long id);
        """,
        """
        [Sql("DELETE FROM orders WHERE number = @arguments OR number = @sqlArguments OR number = @value0")] public partial Task<int> RunAsync(OrderState? arguments, OrderState? sqlArguments, OrderState? value0);
        """,
        """
        [Sql("SELECT COUNT(*) FROM people WHERE rate > @a AND rate < @b AND rate <> @c AND weight < @d AND weight <> @e")] public partial Task<int> RunAsync(double a = double.NaN, double b = double.PositiveInfinity, double? c = double.NegativeInfinity, float d = float.PositiveInfinity, float? e = -1.5f);
        """,
        """
        [Sql("DELETE FROM orders WHERE number = @a OR number = @b OR number = @c OR total = @d OR word = @e")] public partial Task<int> RunAsync(OrderState a = (OrderState)(-1), OrderState? b = OrderState.Paid, OrderState? c = null, decimal d = -1.50m, string e = "\"{0}\\\0");
        """,
    ];
}
