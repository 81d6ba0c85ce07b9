using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Methods;

/// <summary>The eight rules on <c>[Sql]</c> methods in one analyzer: each says its own, and a method is read once for all of them.</summary>
public sealed class SqlMethodAnalyzerTests
{
    private const string Wrong =
        """
        using System.Threading.Tasks;
        using DbMove;

        [Migratable]
        public sealed partial class Order
        {
            public int Id { get; set; }
            public decimal Total { get; set; }
        }

        public sealed partial class OrderRepository
        {
            [Sql("UPDATE \"Order\" SET Id = 1, Total = @total WHERE Id = @id")]
            public partial Task<int> RunAsync(string total, int other);
        }
        """;

    [Fact]
    public void One_analyzer_has_all_rules_on_methods() =>
        Assert.Equal(
            [1030, 1031, 1032, 1033, 1034, 1035, 1036, 1037],
            Assert.Single(AnalyzerRun.All, analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == "DBM1030"))
                .SupportedDiagnostics.Select(rule => int.Parse(rule.Id.AsSpan(3), provider: null)).Order());

    [Fact]
    public async Task Each_problem_of_a_method_is_reported_by_its_own_rule() =>
        Assert.Equal(["DBM1032", "DBM1034", "DBM1035", "DBM1036"], await ReportedAsync(Wrong));

    [Fact]
    public async Task A_method_without_a_text_is_not_looked_at() =>
        Assert.Empty(await ReportedAsync(Wrong.Replace("[Sql(\"UPDATE \\\"Order\\\" SET Id = 1, Total = @total WHERE Id = @id\")]", "", StringComparison.Ordinal)
            .Replace("public partial Task<int> RunAsync(string total, int other);", "public Task<int> RunAsync(string total, int other) => Task.FromResult(other);", StringComparison.Ordinal)));

    [Fact]
    public async Task A_pragma_suppresses_the_rule() =>
        Assert.Equal(["DBM1032", "DBM1035", "DBM1036"], await ReportedAsync("#pragma warning disable DBM1034\n" + Wrong));

    private static async Task<IEnumerable<string>> ReportedAsync(string source) =>
        (await AnalyzerRun.DiagnoseAsync(GeneratorRun.Start(source).Output)).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal);
}
