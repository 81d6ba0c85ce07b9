using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Rules;

public sealed class GeneratedTypesAnalyzerTests() : AdviceTests("DBM1020", DiagnosticSeverity.Info)
{
    protected override IReadOnlyList<string> Wrong =>
    [
        """[Migratable] public partial class Order { public int Id { get; set; } }""",
    ];

    protected override IReadOnlyList<string> Right =>
    [
        """
        #pragma warning disable DBM1020
        [Migratable] public partial class Order { public int Id { get; set; } }
        """,
    ];

    [Fact]
    public async Task The_message_says_what_moves_where_and_what_is_generated()
    {
        Assert.Equal(
            "'Line' moves from 'shop.lines' to 'order_lines', keyed by A, B: DbMove generates LineRepository, LineComparer, LineFixer, LineMap, LineKey",
            Assert.Single(await DiagnoseAsync()).GetMessage(null));
    }

    [Fact]
    public async Task The_repository_that_is_declared_is_named()
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            using DbMove;
            namespace Shop { [Migratable] public partial class Order { public int Id { get; init; } } }
            namespace Shop.Data { [Repository<Order>] public partial class Orders; }
            """);

        Assert.EndsWith(
            ": DbMove generates Shop.Data.Orders, OrderComparer, OrderFixer, OrderMap",
            Assert.Single(await AnalyzerRun.DiagnoseAllAsync(run.Output), diagnostic => diagnostic.Id == "DBM1020").GetMessage(null),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public", "internal", "; 'ListAsync' is not in 'IOrderRepository', for that is public and 'Row' is not")]
    [InlineData("internal", "internal", "; 'IOrderRepository' is left alone, for it is public and 'Order' is not")]
    [InlineData("public", "public", "")]
    public async Task What_a_public_interface_does_not_get_is_named(string entity, string row, string expected)
    {
        GeneratorRun run = GeneratorRun.Start(
            $$"""
            using System.Threading.Tasks;
            using DbMove;
            [Migratable] {{entity}} partial class Order { public int Id { get; init; } }
            {{row}} sealed record Row(long Id);
            internal partial class OrderRepository { [Sql("SELECT id FROM orders")] public partial Task<Row?> ListAsync(); }
            public partial interface IOrderRepository;
            """);

        Assert.EndsWith(
            "OrderFixer, OrderMap" + expected,
            Assert.Single(await AnalyzerRun.DiagnoseAllAsync(run.Output), diagnostic => diagnostic.Id == "DBM1020").GetMessage(null),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Migratable] public partial class Order { public int Id { get; init; } } [Migratable(Name = \"order\")] public partial class Other { public int Id { get; init; } }")]
    [InlineData("[Migratable] public partial class Order { public int Id { get; init; } } public class OrderRepository;")]
    public async Task Nothing_is_said_where_nothing_is_generated(string source) =>
        Assert.DoesNotContain(await AnalyzerRun.DiagnoseAllAsync(GeneratorRun.Start("using DbMove;\n" + source).Output), diagnostic => diagnostic.Id == "DBM1020");

    [Theory]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    [InlineData("neither", 1)]
    public async Task A_setting_turns_it_off(string value, int expected) =>
        Assert.Equal(expected, (await DiagnoseAsync(("dbmove_report_generated", value))).Length);

    [Theory]
    [InlineData("false", 0)]
    [InlineData("true", 1)]
    public async Task The_file_has_the_last_word(string value, int expected) =>
        Assert.Equal(expected, (await DiagnoseAsync(("build_property.DbMoveReportGenerated", value == "true" ? "false" : "true"), ("dbmove_report_generated", value))).Length);

    private static async Task<Diagnostic[]> DiagnoseAsync(params (string, string)[] settings)
    {
        GeneratorRun run = GeneratorRun.Start(
            """
            using System.ComponentModel.DataAnnotations;
            using System.ComponentModel.DataAnnotations.Schema;
            [DbMove.Migratable, Table("lines", Schema = "shop"), DbMove.TargetTable("order_lines")]
            public sealed partial class Line { [Key] public int A { get; init; } [Key] public int B { get; init; } }
            """);
        return [.. (await AnalyzerRun.DiagnoseAllAsync(run.Output, settings)).Where(diagnostic => diagnostic.Id == "DBM1020")];
    }
}
