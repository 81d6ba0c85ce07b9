using DbMove.CodeFixes.Usage;

namespace DbMove.Generators.Tests.CodeFixes.Usage;

public sealed class SqlMethodCodeFixerTests
{
    private const string Raise = """await connection.ExecuteAsync("UPDATE orders SET total = total + @amount WHERE id = @id", new { id, amount = 1.5m });""";

    [Fact]
    public async Task A_repositorys_half_is_begun_behind_the_entity()
    {
        string? text = await UsageFixRun.FixFileAsync(new SqlMethodCodeFixer(), Raise);

        Assert.Contains("await orders.UpdateOrderRowsAsync(1.5m, id);", text, StringComparison.Ordinal);
        Assert.Contains(
            """
            public partial class OrderRepository
            {
                [Sql("UPDATE orders SET total = total + @amount WHERE id = @id")]
                public partial Task<int> UpdateOrderRowsAsync(decimal amount, int id, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);
            }
            """,
            text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_half_gets_the_method()
    {
        const string half = "\n\npublic sealed partial class OrderRepository\n{\n    public Task<int> UpdateOrderRowsAsync() => Task.FromResult(1);\n}\n";
        string? text = await UsageFixRun.FixFileAsync(new SqlMethodCodeFixer(), "int rows = " + Raise + " id = rows;", behind: half);

        Assert.Contains("int rows = await orders.UpdateOrderRows2Async(1.5m, id);", text, StringComparison.Ordinal);
        Assert.EndsWith("DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default);\n}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""connection.Execute("DELETE FROM orders");""", "await orders.DeleteOrderRowsAsync();")]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE total < @Limit", new { limit = order.Total }).ConfigureAwait(false);""", "await orders.DeleteOrderRowsAsync(order.Total).ConfigureAwait(false);")]

    // Other names on the target, the key, rows that come back, a wrong type, a text or parameters that are not known, a transaction.
    [InlineData("""await connection.ExecuteAsync("UPDATE orders SET customer_name = @name", new { name = "a" });""", null)]
    [InlineData("""await connection.ExecuteAsync("UPDATE orders SET id = @id", new { id });""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders RETURNING id");""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id", new { id = "1" });""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id IN @ids", new { ids = new[] { 1 } });""", null)]
    [InlineData("""await connection.ExecuteAsync($"DELETE FROM orders WHERE id = {id}");""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @Id", order);""", null)]
    [InlineData("""await connection.ExecuteAsync("DELETE FROM orders WHERE id = @id; DELETE FROM orders", new { id });""", null)]
    [InlineData("""DbTransaction? open = null; await connection.ExecuteAsync("DELETE FROM orders", transaction: open);""", null)]
    [InlineData("""int rows = connection.Execute("DELETE FROM orders"); id = rows;""", null)]
    public async Task Only_what_the_method_can_be_is_offered(string wrong, string? expected) =>
        Assert.Equal(expected, await UsageFixRun.FixAsync(new SqlMethodCodeFixer(), wrong));
}
