using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class UnmarkedEntityAnalyzerTests
{
    private const string Setup =
        """

        public class Setup { public DbMove.MigrationBuilder To(DbMove.MigrationBuilder move) => move.AddEntity<Order>(); }
        """;

    [Theory]
    [InlineData("public class Order { public int Id { get; set; } }")]
    [InlineData("public partial record struct Order(int Id);")]
    [InlineData("public interface Order;")]
    public async Task A_type_that_is_not_marked_is_reported(string order)
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerRun.DiagnoseAsync(GeneratorRun.Start(order + Setup).Output));

        Assert.Equal("DBM1021", diagnostic.Id);
        Assert.Contains("'Order'", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[DbMove.Migratable] public partial class Order { public int Id { get; set; } }")]
    [InlineData("public class Order; public static class Others { public static void AddEntity<T>(this object other) { } public static void Add() => new object().AddEntity<Order>(); } public class Own : DbMove.Mapping.IMigratable<Own> { static T DbMove.Mapping.IMigratable<Own>.Accept<T>(DbMove.Mapping.IEntityVisitor<T> visitor) => throw null!; static void DbMove.Mapping.IMigratable<Own>.AddServices(DbMove.Mapping.IMigratableServices services) { } public DbMove.MigrationBuilder To(DbMove.MigrationBuilder move) => move.AddEntity<Own>(); }")]
    public async Task A_type_that_can_be_added_is_not(string order) =>
        Assert.Empty(await AnalyzerRun.DiagnoseAsync(GeneratorRun.Start(order + (order.StartsWith('[') ? Setup : "")).Output));

    [Fact]
    public async Task A_marked_type_with_an_error_has_that_error_only() =>
        Assert.Equal("DBM1001", Assert.Single(await AnalyzerRun.DiagnoseAsync(GeneratorRun.Start("[DbMove.Migratable] public class Order { public int Id { get; set; } }" + Setup).Output)).Id);

    [Fact]
    public async Task A_pragma_suppresses_the_rule() =>
        Assert.Empty(await AnalyzerRun.DiagnoseAsync(GeneratorRun.Start("#pragma warning disable DBM1021\npublic class Order;" + Setup).Output));

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check("DBM1021");
}
