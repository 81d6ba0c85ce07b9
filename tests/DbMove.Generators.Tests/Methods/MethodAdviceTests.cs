using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Methods;

/// <summary>What a rule says of a column that may be another table's must be right for either table, for it is obeyed.</summary>
public sealed class MethodAdviceTests
{
    [Theory]
    [InlineData("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE customer_name = @p)", "string", "write 'people.customer_name', or 'orders.customer_name' for that of 'Customer'")]
    [InlineData("SELECT COUNT(*) FROM orders o WHERE o.customer_name = @p AND id IN (SELECT p.id FROM people p WHERE customer_name = @p)", "string", "write 'p.customer_name', or 'o.customer_name' for that of 'Customer'")]
    [InlineData("SELECT COUNT(*) FROM orders WHERE id IN (SELECT a.id FROM people a JOIN people b ON a.id = b.id WHERE old = @p)", "string", "write '<table>.old', or 'orders.old' for that of 'Old'")]
    [InlineData("SELECT COUNT(*) FROM orders JOIN people p ON p.id = orders.id WHERE fresh = @p", "string", "write 'p.fresh'")]
    [InlineData("SELECT COUNT(*) FROM orders o JOIN people p ON p.id = o.id WHERE o.price = @p AND p.fee = @p", "decimal", "take a parameter for each, and give that one the type which the other table stores (long, where it has that form too)")]
    [InlineData("SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE state = @p)", "OrderState", "give the column its table's name, and if that is the other table, the parameter the type which it stores (string, where it has the form of 'State')")]
    [InlineData("SELECT COUNT(*) FROM orders WHERE price = @p AND total + @p > 2", "decimal", "where that form would be another value: take a parameter for each")]
    public async Task It_holds_for_either_table(string text, string type, string advice)
    {
        Diagnostic diagnostic = Assert.Single(await DiagnoseAsync($"[Sql(\"{text}\")] public partial Task<int> RunAsync({type} p);"));

        Assert.EndsWith(advice, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.DoesNotContain("Target =", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_the_same_for_the_text_of_the_target()
    {
        const string Text = "SELECT COUNT(*) FROM orders WHERE id IN (SELECT id FROM people WHERE customer_name = @p)";

        Assert.EndsWith(
            "beside another table, whose column it may be: write 'people.customer_name'",
            Assert.Single(await DiagnoseAsync($"[Sql(\"{Text}\", Target = \"{Text}\")] public partial Task<int> RunAsync(string p);")).GetMessage(null),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_set_is_the_entitys_whatever_stands_beside() => Assert.Contains(
        "a column that the source does not have",
        Assert.Single(await DiagnoseAsync("[Sql(\"UPDATE orders SET fresh = 'a' FROM people WHERE people.id = orders.id\")] public partial Task<int> RunAsync();")).GetMessage(null),
        StringComparison.Ordinal);

    private static Task<ImmutableArray<Diagnostic>> DiagnoseAsync(string member) => AnalyzerRun.DiagnoseAsync(MethodRuleTests.Start(member).Output);
}
