using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests;

/// <summary>What goes with a repository: its interface and its in-memory double, as far as the names are free.</summary>
public sealed class ContractTests
{
    private const string Entity =
        """
        using System.Threading;
        using System.Threading.Tasks;
        using DbMove;

        [Migratable] public partial class Order { public int Id { get; set; } }

        """;

    [Theory]
    [InlineData("", true, true)]
    [InlineData("public interface IOrderRepository { void Mine(); }", false, true)]
    [InlineData("public class IOrderRepository;", false, true)]
    [InlineData("public partial interface IOrderRepository;", true, true)]
    [InlineData("internal partial interface IOrderRepository { void Mine(); } public partial class OrderRepository { public void Mine() { } }", true, false)]
    [InlineData("public class InMemoryOrderRepository;", true, false)]
    [InlineData("[Repository<Order>] internal partial class Shelf; public class Use { internal void It(IShelf shelf, InMemoryShelf memory) => shelf = memory; }", true, true)]
    [InlineData("public partial class OrderRepository { [Sql(\"SELECT COUNT(*) FROM \\\"Order\\\" WHERE id > @id\")] public partial Task<int> CountAsync(int id = 5, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default); } public class Use { public Task<int> It(IOrderRepository orders) => orders.CountAsync(); }", true, true)]
    public void Names_that_are_free_are_used(string more, bool hasInterface, bool hasMemory)
    {
        GeneratorRun run = GeneratorRun.Start(Entity + more);

        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(hasInterface, Has(run, "Repository", "partial interface I"));
        Assert.Equal(hasInterface, Has(run, "Entity", "services.AddAs<"));
        Assert.Equal(hasMemory, Has(run, "InMemory", "partial class InMemory"));
    }

    [Fact]
    public void A_struct_has_the_contracts_of_structs()
    {
        GeneratorRun run = GeneratorRun.Start("[DbMove.Migratable] public partial record struct Price(int Id, decimal Amount);");

        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.True(Has(run, "Repository", "IPriceRepository : global::DbMove.IDualWriteStructRepository<"));
        Assert.True(Has(run, "InMemory", "global::DbMove.InMemoryStructRepository<"));
    }

    [Theory]
    [InlineData("[Migratable] internal partial class Hidden { public int Id { get; set; } } public partial interface IHiddenRepository;", false)]
    [InlineData("[Migratable] internal partial class Hidden { public int Id { get; set; } } internal partial interface IHiddenRepository;", true)]
    [InlineData("[Migratable] internal partial class Hidden { [System.ComponentModel.DataAnnotations.Key] public int A { get; set; } [System.ComponentModel.DataAnnotations.Key] public int B { get; set; } } public partial interface IHiddenRepository;", false)]
    [InlineData("internal static partial class Outer { [Migratable] public partial class Hidden { public int Id { get; set; } } public partial interface IHiddenRepository; }", true)]
    [InlineData("[Migratable] internal partial class Hidden { public int Id { get; set; } } internal partial class HiddenRepository { [Sql(\"SELECT COUNT(*) FROM Hidden\")] public partial Task<int> CountAsync(); } public partial interface IHiddenRepository;", false)]
    public void An_interface_that_more_code_sees_than_the_entity_is_left_alone(string more, bool isJoined)
    {
        GeneratorRun run = GeneratorRun.Start(Entity + more);

        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(isJoined, Has(run, "Repository", "partial interface IHiddenRepository"));
        Assert.True(Has(run, "InMemory", "partial class InMemoryHiddenRepository"));
    }

    [Theory]
    [InlineData("public partial interface IOrderRepository;", "Task<IReadOnlyList<Row>> ListAsync()", false)]
    [InlineData("public partial interface IOrderRepository;", "Task<int> ListAsync(Size size = Size.Small)", false)]
    [InlineData("public partial interface IOrderRepository;", "Task<Shown.Inner[]> ListAsync()", false)]
    [InlineData("public partial interface IOrderRepository;", "Task<IReadOnlyList<long>> ListAsync(OrderState? state = null)", true)]
    [InlineData("public partial interface IOrderRepository;", "Task<Pair?> ListAsync(PairKey key = default)", true)]
    [InlineData("internal partial interface IOrderRepository;", "Task<IReadOnlyList<Row>> ListAsync()", true)]
    [InlineData("", "Task<IReadOnlyList<Row>> ListAsync()", true)]
    public void A_public_interface_of_an_internal_repository_has_the_methods_that_show_nothing_internal(string contract, string method, bool isShown)
    {
        GeneratorRun run = GeneratorRun.Start(
            "using System.Collections.Generic; using System.ComponentModel.DataAnnotations;" + Entity + contract
            + "public enum OrderState { New } internal enum Size { Small } internal sealed record Row(long Id); public class Shown { internal sealed class Inner; }"
            + "[Migratable] public partial class Pair { [Key] public int A { get; set; } [Key] public int B { get; set; } }"
            + $"internal partial class OrderRepository {{ [Sql(\"SELECT COUNT(*) FROM orders WHERE id > @id\")] public partial Task<int> CountAsync(int id); [Sql(\"SELECT id FROM orders\")] public partial {method}; }}"
            + "internal class Use { public Task<int> It(IOrderRepository orders) => orders.CountAsync(1); public object Of(InMemoryOrderRepository orders) => orders.ListAsync(); }");

        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.True(Has(run, "Entity", "services.AddAs<"));
        INamedTypeSymbol whole = run.Output.GetTypeByMetadataName("IOrderRepository")!;
        Assert.Single(whole.GetMembers("CountAsync"));
        Assert.Equal(isShown, !whole.GetMembers("ListAsync").IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("public partial class OrderRepository { [Sql(\"SELECT COUNT(*) FROM Order\")] public partial Task<int> CountAsync(int more = 5); }")]
    public void Code_that_names_what_goes_with_a_wrong_entity_compiles_up_to_the_rule(string more)
    {
        GeneratorRun run = GeneratorRun.Start(
            Entity.Replace("int Id", "int Number", StringComparison.Ordinal) + more
            + " public class Use(IOrderRepository orders, InMemoryOrderRepository memory) { public IOrderRepository It => orders ?? memory; }"
            + " public class Orders(InMemoryDatabase database) : InMemoryOrderRepository(database);");

        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    private static bool Has(GeneratorRun run, string file, string text) =>
        run.Files.Any(source => source.HintName.EndsWith($".{file}.g.cs", StringComparison.Ordinal) && source.SourceText.ToString().Contains(text, StringComparison.Ordinal));
}
