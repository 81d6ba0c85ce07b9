using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Configuration;

public sealed class LanguageVersionAnalyzerTests
{
    private const string Source =
        """
        using System.ComponentModel.DataAnnotations;
        [DbMove.Migratable] public partial class Order { [Key] public int A { get; set; } [Key] public int B { get; set; } }
        [DbMove.Migratable] public static partial class Nothing { }
        public class Service { public OrderRepository Orders; public NothingRepository Others; }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp12)]
    public async Task An_old_language_is_the_error_and_what_is_emitted_is_of_that_language(LanguageVersion version)
    {
        (ImmutableArray<Diagnostic> rules, ImmutableArray<Diagnostic> compiler) = await DiagnoseAsync(version);

        Assert.Contains(rules, diagnostic => diagnostic.Id == "DBM3002" && diagnostic.GetMessage(null).Contains("'Order'", StringComparison.Ordinal));
        Assert.Empty(compiler);
    }

    [Fact]
    public async Task Before_CSharp_10_nothing_is_emitted_at_all()
    {
        (ImmutableArray<Diagnostic> rules, ImmutableArray<Diagnostic> compiler) = await DiagnoseAsync(LanguageVersion.CSharp9);

        Assert.Contains(rules, diagnostic => diagnostic.Id == "DBM3002");
        Assert.All(compiler, diagnostic => Assert.Equal("Input.cs", diagnostic.Location.SourceTree?.FilePath));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    public async Task A_new_one_is_not(LanguageVersion version)
    {
        (ImmutableArray<Diagnostic> rules, ImmutableArray<Diagnostic> compiler) = await DiagnoseAsync(version);

        Assert.DoesNotContain(rules, diagnostic => diagnostic.Id == "DBM3002");
        Assert.Empty(compiler);
    }

    [Fact]
    public async Task A_pragma_suppresses_the_rule() =>
        Assert.DoesNotContain((await DiagnoseAsync(LanguageVersion.CSharp12, "#pragma warning disable DBM3002\n")).Rules, diagnostic => diagnostic.Id == "DBM3002");

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check("DBM3002");

    private static async Task<(ImmutableArray<Diagnostic> Rules, ImmutableArray<Diagnostic> Errors)> DiagnoseAsync(LanguageVersion version, string prefix = "")
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        CSharpParseOptions options = TestCompilation.ParseOptions.WithLanguageVersion(version);
        CSharpCompilation input = CSharpCompilation.Create(
            "Shop.Domain",
            [CSharpSyntaxTree.ParseText(prefix + Source, options, "Input.cs", cancellationToken: cancellationToken)],
            TestCompilation.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create([new MigratableGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _, cancellationToken);
        return (await AnalyzerRun.DiagnoseAsync(output), [.. output.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)]);
    }
}
