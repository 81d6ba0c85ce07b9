using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Configuration;

public sealed class ReflectingPackageAnalyzerTests
{
    private const string Dapper =
        """
        namespace Dapper
        {
            public static class SqlMapper { public static int Execute(this System.Data.IDbConnection connection, string sql) => sql.Length; }
            public static class Other { public static int Execute(string sql) => sql.Length; }
        }
        """;

    private const string Call = "using Dapper; public class Work { public int Do(System.Data.IDbConnection connection) => connection.Execute(\"ANALYZE\"); }";

    [Theory]
    [InlineData("build_property.PublishAot", "true", 1)]
    [InlineData("build_property.IsAotCompatible", "True", 1)]
    [InlineData("build_property.PublishAot", "false", 0)]
    [InlineData("build_property.PublishAot", "", 0)]
    [InlineData("build_property.Other", "true", 0)]
    public async Task A_call_is_reported_where_the_project_is_made_for_AOT(string property, string value, int expected) =>
        Assert.Equal(expected, await CountAsync(Call, (property, value)));

    [Fact]
    public async Task Another_method_is_not() =>
        Assert.Equal(0, await CountAsync("public class Work { public int Do() => Dapper.Other.Execute(\"\"); }", ("build_property.PublishAot", "true")));

    [Fact]
    public async Task Beside_Dapper_AOT_it_is_not() =>
        Assert.Equal(0, await CountAsync(Call, [Reference("Dapper.AOT", "public class Any;")], ("build_property.PublishAot", "true")));

    [Fact]
    public async Task A_pragma_suppresses_the_rule() =>
        Assert.Equal(0, await CountAsync("#pragma warning disable DBM3003\n" + Call, ("build_property.PublishAot", "true")));

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check("DBM3003");

    private static Task<int> CountAsync(string source, (string, string) property) => CountAsync(source, [], property);

    private static async Task<int> CountAsync(string source, MetadataReference[] references, (string, string) property)
    {
        CSharpCompilation compilation = TestCompilation.Create(Dapper, source)
            .WithReferences(TestCompilation.References.Where(reference => Path.GetFileName(reference.Display) != "Dapper.dll"))
            .AddReferences(references);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (await AnalyzerRun.DiagnoseAllAsync(compilation, property)).Count(diagnostic => diagnostic.Id == "DBM3003");
    }

    private static MetadataReference Reference(string name, string source) =>
        CSharpCompilation.Create(name, [TestCompilation.Parse(source, "Other.cs")], TestCompilation.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}
