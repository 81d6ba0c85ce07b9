using DbMove.Generators.Tests.Harness;
using DbMove.Mapping;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests;

/// <summary>
/// A wrong entity's companions can still be named. Otherwise code that does so, in a base list or a parameter, has an error at a declaration,
/// and then the compiler runs no analyzer: "OrderRepository could not be found" would be all that a newcomer sees of a forgotten <c>partial</c>.
/// </summary>
public sealed class OutlineTests
{
    private const string Usings =
        """
        using System;
        using System.ComponentModel.DataAnnotations;
        using System.Threading.Tasks;
        using DbMove;

        """;

    private const string Service =
        """

        public sealed class Service(OrderRepository orders, OrderFixer fixer)
        {
            public OrderFixer Fixer => fixer;
            public async Task<Order?> MoveAsync(Order order) => (await orders.FindAsync(1)) ?? await orders.InsertAsync(order);
        }
        """;

    [Theory]
    [InlineData("DBM1001", "[Migratable] public sealed class Order { public int Id { get; set; } }" + Service)]
    [InlineData("DBM1002", "[Migratable] public sealed partial class Order { public int Number { get; set; } }" + Service)]
    [InlineData("DBM1003", "[Migratable] public sealed partial class Order { public int Id { get; set; } public Uri? Link { get; set; } }" + Service)]
    [InlineData("DBM1005", "[Migratable] public sealed partial class Order { public int Id { get; } public Order(string text) => Id = text.Length; }" + Service)]
    [InlineData("DBM1009", "[Migratable] public abstract partial class Order { public int Id { get; set; } }" + Service)]
    [InlineData("DBM1010", "[Migratable] public partial record Order([property: Key] double Number);" + Service)]
    [InlineData("DBM1011", "[Migratable] public partial class Order { public int Id { get; set; } } [Migratable(Name = \"Order\")] public partial class Other { public int Id { get; set; } }" + Service)]
    [InlineData("DBM1012", "[Migratable] public partial class Order { public int Id { get; set; } } public class OrderMap;" + Service)]
    [InlineData("DBM1001", "[Migratable] public struct Order { public int Id { get; set; } } public class Service(OrderRepository orders) { public Task<Order?> Find(int id) => orders.FindAsync(id); }")]
    [InlineData("DBM1001", "[Migratable] public class Line { [Key] public long A { get; set; } [Key] public int B { get; set; } } public class Service(LineRepository lines) { public Task<Line?> Find(LineKey key) => lines.FindAsync(key); }")]
    [InlineData("DBM1001", "[Migratable] public class Order { public int Id { get; set; } } public partial class OrderRepository { public Task<Order?> First() => FindAsync(1); }")]
    [InlineData("DBM1001", "[Migratable] public class Order { public int Id { get; set; } } public class Test { public Task<Order?> First(InMemoryOrderRepository orders) => orders.FindAsync(1); }")]
    [InlineData("DBM1001", "[Migratable] public record struct Order(int Id); public class Test { public Task<Order?> First(InMemoryOrderRepository orders) => orders.FindAsync(1); }")]
    [InlineData("DBM1001", "[Migratable] public class Order { public int Id { get; set; } } [Repository<Order>] public partial class Orders { [Sql(\"SELECT 1\")] public partial Task<int> OneAsync(); } public class Test : InMemoryOrders { public override Task<int> OneAsync() => Task.FromResult(1); }")]
    [InlineData("DBM1001", "[Migratable] public class Order { public int Id { get; set; } } [Repository<Order>] public partial class Orders { public Task<Order?> First() => FindAsync(1); }")]
    [InlineData("DBM1001", "[Migratable] public class Order { public int Id { get; set; } } public class Setup { public MigrationBuilder To(MigrationBuilder move) => move.AddShopDomainEntities(); }")]
    [InlineData("DBM1007", "public static partial class Shop { [Migratable] private partial record Order(int Id); private sealed class Service(OrderRepository orders) { public object Orders => orders; } }")]
    [InlineData("DBM1009", "[Migratable] public static partial class Order; internal class Service(OrderRepository orders) { public object Orders => orders; }")]
    [InlineData("DBM1012", "[Migratable] public partial class Order { [Key] public int OrderKey { get; set; } [Key] public int B { get; set; } } public class Service(OrderRepository orders, OrderFixer fixer) { public object[] All => [orders, fixer]; }")]
    [InlineData("DBM1012", "public static partial class Shop { [Migratable] public partial class Order { public int Id { get; set; } } public static int OrderRepository => 1; private sealed class Service(OrderFixer fixer) { public object Fixer => fixer; } }")]
    [InlineData("DBM1012", "namespace Shop { [Migratable] public partial class Order { public int Id { get; set; } } internal class Service(OrderFixer fixer) { public object Fixer => fixer; } } namespace Shop.OrderRepository { public class Other; }")]
    public async Task The_only_error_is_the_rule(string id, string source)
    {
        GeneratorRun run = GeneratorRun.Start(Usings + source);

        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.All(
            (await AnalyzerRun.DiagnoseAsync(run.Output)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
            diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.DoesNotContain(run.Files, file => file.HintName.EndsWith(".Map.g.cs", StringComparison.Ordinal) || file.HintName.EndsWith(".Entity.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void An_entity_with_an_error_cannot_be_added_to_a_migration()
    {
        GeneratorRun run = GeneratorRun.Start(Usings +
            """
            [Migratable] public class Order { public int Id { get; set; } }
            public class Setup { public MigrationBuilder To(MigrationBuilder move) => move.AddEntity<Order>(); }
            """);

        Assert.Equal("CS0311", Assert.Single(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id);
        Assert.Empty(run.Output.GetDeclarationDiagnostics(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Where_the_error_is_suppressed_the_repository_refuses_and_says_why() =>
        Assert.Contains("'OutlineTests'", Assert.Throws<MigrationConfigurationException>(() => MissingMap<OutlineTests, int>.Descriptor).Message, StringComparison.Ordinal);

    [Fact]
    public void The_outline_goes_when_the_entity_is_right()
    {
        GeneratorRun wrong = GeneratorRun.Start("[DbMove.Migratable] public class Order { public int Id { get; set; } }");
        GeneratorRun right = wrong.AfterEdit(source => source.Replace("public class", "public partial class", StringComparison.Ordinal));

        Assert.Contains("MissingMap", string.Concat(wrong.Files.Select(file => file.SourceText)), StringComparison.Ordinal);
        Assert.DoesNotContain("MissingMap", string.Concat(right.Files.Select(file => file.SourceText)), StringComparison.Ordinal);
    }
}
