using System.Text.RegularExpressions;
using System.Xml.Linq;
using DbMove.Generators.Tests.Harness;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests;

/// <summary>Every setting of docs/settings.md exists and does what the page says, and there is no other.</summary>
public sealed partial class SettingsPageTests
{
    private const string Source =
        """
        [DbMove.Migratable] public partial class Order { public int Id { get; init; } }
        public static class Jobs { public static int Run(System.Data.IDbConnection connection) => Dapper.SqlMapper.Execute(connection, "DELETE FROM [Order]"); }
        """;

    private static readonly string s_page = File.ReadAllText(Path.Combine(Folders.Documents, "settings.md"));

    public static TheoryData<string> Settings => [.. Row().Matches(s_page).SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_setting_does_what_the_page_says(string name)
    {
        switch (name)
        {
            case Roslyn.Settings.ReportGenerated:
                Assert.NotNull(await WithEditorAsync("DBM1020", name + " = true"));
                Assert.Null(await WithEditorAsync("DBM1020", name + " = false"));
                break;
            case Roslyn.Settings.ReportGeneratedProperty:
                Assert.NotNull(await WithPropertyAsync("DBM1020", name, "true"));
                Assert.Null(await WithPropertyAsync("DBM1020", name, "false"));
                break;
            case "dotnet_diagnostic.DBM1016.severity":
                Assert.Equal(DiagnosticSeverity.Error, await WithEditorAsync("DBM1016", name + " = error"));
                Assert.Equal(DiagnosticSeverity.Warning, await WithEditorAsync("DBM1016", name + " = warning"));
                Assert.Equal(DiagnosticSeverity.Info, await WithEditorAsync("DBM1016", name + " = suggestion"));
                Assert.Null(await WithEditorAsync("DBM1016", name + " = none"));
                break;
            case "dotnet_analyzer_diagnostic.category-DbMove.Usage.severity":
                Assert.Equal(DiagnosticSeverity.Error, await WithEditorAsync("DBM2002", name + " = error"));
                Assert.Equal(DiagnosticSeverity.Info, await WithEditorAsync("DBM1016", name + " = error"));
                break;
            case Roslyn.Settings.PublishAot or Roslyn.Settings.IsAotCompatible:
                Assert.NotNull(await WithPropertyAsync("DBM3003", name, "true"));
                Assert.Null(await WithPropertyAsync("DBM3003", name, "false"));
                break;
            case "LangVersion":
                CSharpCompilation old = TestCompilation.Create("").RemoveAllSyntaxTrees()
                    .AddSyntaxTrees(CSharpSyntaxTree.ParseText(Source, new CSharpParseOptions(LanguageVersion.CSharp12), "Input.cs", cancellationToken: TestContext.Current.CancellationToken));
                Assert.Contains(await AnalyzerRun.DiagnoseAsync(old), diagnostic => diagnostic.Id == "DBM3002");
                break;
            case "EmitCompilerGeneratedFiles":
                // The compiler's own: the test of the packages reads the files.
                Assert.Contains(name, File.ReadAllText(Path.Combine(Folders.Repository, "tests", "DbMove.Package.Tests", "Consumers", "Domain", "Shop.Domain.csproj")), StringComparison.Ordinal);
                break;
            default:
                Assert.Fail($"'{name}' is on the page, and nothing shows that it works.");
                break;
        }
    }

    [Fact]
    public void The_page_has_every_setting_and_the_package_makes_every_property_visible()
    {
        Assert.All([Roslyn.Settings.ReportGenerated, .. Roslyn.Settings.Properties], name => Assert.Contains(name, Settings.Select(row => row.Data)));
        Assert.Equal(
            Roslyn.Settings.Properties.Order(StringComparer.Ordinal),
            XDocument.Load(Path.Combine(Folders.Repository, "src", "DbMove.Runtime", "build", "DbMove.Runtime.props"))
                .Descendants("CompilerVisibleProperty").Select(property => property.Attribute("Include")!.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_source_reads_a_setting_that_is_not_in_the_list() =>
        Assert.Equal(
            ["Settings.cs"],
            Directory.EnumerateFiles(Path.Combine(Folders.Repository, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(path => File.ReadAllText(path).Contains("build_property", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)));

    private static async Task<DiagnosticSeverity?> WithEditorAsync(string id, string line) =>
        (await new EditorConfig("[*.cs]\n" + line + "\n").DiagnoseAsync(Compile())).FirstOrDefault(diagnostic => diagnostic.Id == id)?.Severity;

    private static async Task<DiagnosticSeverity?> WithPropertyAsync(string id, string name, string value) =>
        (await AnalyzerRun.DiagnoseAllAsync(Compile(), ("build_property." + name, value))).FirstOrDefault(diagnostic => diagnostic.Id == id)?.Severity;

    private static CSharpCompilation Compile() => GeneratorRun.StartUnchecked(Source).Output;

    [GeneratedRegex(@"^\| (`.*?`) \| (?:project|`\.editorconfig`) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(.*?)`")]
    private static partial Regex Name();
}
