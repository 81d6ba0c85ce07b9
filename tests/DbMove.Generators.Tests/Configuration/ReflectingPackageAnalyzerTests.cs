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

    private const string Json =
        """
        namespace Newtonsoft.Json
        {
            public static class JsonConvert
            {
                public static string SerializeObject(object value) => "";
                public static T DeserializeObject<T>(string text) => default!;
                public static string ToString(int value) => "";
                [System.Diagnostics.CodeAnalysis.RequiresDynamicCode("Reflects.")] public static void PopulateObject(string text, object target) { }
            }
            public class JsonSerializer { public void Serialize(System.IO.TextWriter to, object value) { } }
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

    [Theory]
    [InlineData("Newtonsoft.Json.JsonConvert.SerializeObject(this)", 1)]
    [InlineData("Newtonsoft.Json.JsonConvert.DeserializeObject<Work>(\"{}\")", 1)]
    [InlineData("new Newtonsoft.Json.JsonSerializer().Serialize(System.IO.TextWriter.Null, this)", 1)]
    [InlineData("Newtonsoft.Json.JsonConvert.ToString(1)", 0)]
    // The SDK itself reports what says so.
    [InlineData("Newtonsoft.Json.JsonConvert.PopulateObject(\"{}\", this)", 0)]
    public async Task What_reflects_of_Newtonsoft_Json_is_reported(string call, int expected) =>
        Assert.Equal(expected, await CountAsync("public class Work { public void Do() => " + call + "; }", ("build_property.PublishAot", "true")));

    [Fact]
    public async Task The_substitute_of_Dapper_is_not_one_for_others() =>
        Assert.Equal(1, await CountAsync(
            "public class Work { public void Do() => Newtonsoft.Json.JsonConvert.SerializeObject(this); }", [Reference("Dapper.AOT", "public class Any;")], ("build_property.PublishAot", "true")));

    [Fact]
    public async Task The_message_names_package_reason_and_remedy()
    {
        CSharpCompilation compilation = TestCompilation.Create(Json, "public class Work { public void Do() => Newtonsoft.Json.JsonConvert.SerializeObject(this); }");

        Assert.Equal(
            "'SerializeObject' of Newtonsoft.Json reflects on types that are trimmed away; write JSON with System.Text.Json and a generated JsonSerializerContext",
            Assert.Single(await AnalyzerRun.DiagnoseAllAsync(compilation, ("build_property.PublishAot", "true"))).GetMessage(null));
    }

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
        CSharpCompilation compilation = TestCompilation.Create(Dapper, Json, source)
            .WithReferences(TestCompilation.References.Where(reference => Path.GetFileName(reference.Display) != "Dapper.dll"))
            .AddReferences(references);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (await AnalyzerRun.DiagnoseAllAsync(compilation, property)).Count(diagnostic => diagnostic.Id == "DBM3003");
    }

    private static MetadataReference Reference(string name, string source) =>
        CSharpCompilation.Create(name, [TestCompilation.Parse(source, "Other.cs")], TestCompilation.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}
