using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Tests.Configuration;

public sealed class UnregisteredEntityAnalyzerTests
{
    private const string Entities =
        """
        [Migratable] public partial class Order { public int Id { get; init; } }
        [Migratable] public partial class Line { public int Id { get; init; } }
        """;

    [Theory]
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Order>();")]
    [InlineData("new MigrationBuilder(\"shop\").Configure(options => { }).AddEntity<Order>().Build();")]
    [InlineData("new ServiceCollection().AddDbMove(\"shop\", move => move.AddEntity<Order>());")]
    public async Task An_entity_that_nothing_adds_is_reported(string body)
    {
        Diagnostic diagnostic = Assert.Single(await DiagnoseAsync(body));

        Assert.Equal("DBM3001", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Contains("'Line'", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Order>().AddEntity<Line>();")]
    [InlineData("new MigrationBuilder(\"shop\").AddShopDomainEntities();")]
    [InlineData("new ServiceCollection().AddDbMove(\"shop\", static move => move.AddShopDomainEntities());")]
    [InlineData("Add<Order>(); Add<Line>(); static void Add<T>() where T : DbMove.Mapping.IMigratable<T> => new MigrationBuilder(\"shop\").AddEntity<T>();")]
    [InlineData("Func<MigrationBuilder, MigrationBuilder> add = ShopDomainRegistrations.AddShopDomainEntities; add(new MigrationBuilder(\"shop\"));")]
    [InlineData("Console.WriteLine(typeof(Order));")]
    public async Task One_that_is_added_or_could_be_is_not(string body) => Assert.Empty(await DiagnoseAsync(body));

    [Theory]
    // One of its entities is added by hand, so the others are forgotten.
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Order>();", "Line")]
    [InlineData("new ServiceCollection().AddDbMove(\"shop\", move => move.AddEntity<Line>().AddEntity<Own>());", "Order")]
    // Nothing is added at all.
    [InlineData("new MigrationBuilder(\"shop\").Build();", "Line,Order,Own")]
    public async Task An_entity_of_a_library_that_nothing_adds_is_reported_at_the_call(string body, string expected)
    {
        const string own = "[Migratable] public partial class Own { public int Id { get; init; } }";
        bool hasOwn = body.Contains("Own", StringComparison.Ordinal) || expected.Contains("Own", StringComparison.Ordinal);
        IReadOnlyList<Diagnostic> diagnostics = await DiagnoseWithLibraryAsync(body, hasOwn ? own : "");

        Assert.Equal(expected.Split(','), diagnostics.Select(diagnostic => diagnostic.GetMessage(null).Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.All(diagnostics, diagnostic => Assert.True(diagnostic.Location.IsInSource));
    }

    [Theory]
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Order>().AddEntity<Line>();")]
    [InlineData("new MigrationBuilder(\"shop\").AddShopLibraryEntities();")]
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Order>().AddShopLibraryEntities();")]
    [InlineData("Add<Order>(); static void Add<T>() where T : DbMove.Mapping.IMigratable<T> => new MigrationBuilder(\"shop\").AddEntity<T>();")]
    // Its tables may stay.
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Own>();")]
    // The library may add what it likes.
    [InlineData("new MigrationBuilder(\"shop\").AddEntity<Order>().AddLines();")]
    [InlineData("Setup.Describe(new MigrationBuilder(\"shop\"));")]
    [InlineData("new ServiceCollection().AddDbMove(\"shop\", Setup.Describe); new MigrationBuilder(\"other\").AddEntity<Order>();")]
    [InlineData("Console.WriteLine(typeof(Order));")]
    public async Task An_entity_of_a_library_that_is_added_or_could_be_is_not(string body) =>
        Assert.Empty(await DiagnoseWithLibraryAsync(body, body.Contains("Own", StringComparison.Ordinal) ? "[Migratable] public partial class Own { public int Id { get; init; } }" : ""));

    [Fact]
    public async Task A_test_moves_what_it_is_about_and_is_not_reported() =>
        Assert.Empty(await DiagnoseWithLibraryAsync("new MigrationBuilder(\"shop\").AddEntity<Order>();", "", CSharpCompilation.Create("xunit.v3.core").ToMetadataReference()));

    [Fact]
    public async Task A_pragma_at_the_call_suppresses_the_rule_for_a_library() =>
        Assert.Empty(await DiagnoseWithLibraryAsync("\n#pragma warning disable DBM3001\nnew MigrationBuilder(\"shop\").AddEntity<Order>();", ""));

    [Fact]
    public async Task A_library_does_not_know() =>
        Assert.Empty(await DiagnoseAsync("new MigrationBuilder(\"shop\").AddEntity<Order>();", OutputKind.DynamicallyLinkedLibrary));

    [Fact]
    public async Task A_pragma_suppresses_the_rule() =>
        Assert.Empty(await DiagnoseAsync("new MigrationBuilder(\"shop\").AddEntity<Order>();", prefix: "#pragma warning disable DBM3001\n"));

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check("DBM3001");

    private static async Task<IReadOnlyList<Diagnostic>> DiagnoseAsync(string body, OutputKind kind = OutputKind.ConsoleApplication, string prefix = "")
    {
        GeneratorRun run = GeneratorRun.Start(prefix +
            $$"""
            using System;
            using DbMove;
            using Microsoft.Extensions.DependencyInjection;
            {{Entities}}
            public static class Program { public static void Main() { {{body}} } }
            """);
        Compilation program = run.Output.WithOptions(run.Output.Options.WithOutputKind(kind));
        Assert.Empty(program.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await AnalyzerRun.DiagnoseAsync(program);
    }

    private static async Task<IReadOnlyList<Diagnostic>> DiagnoseWithLibraryAsync(string body, string own, params MetadataReference[] references)
    {
        CSharpCompilation input = TestCompilation.CreateWithLibrary(
            $$"""
            using System;
            using DbMove;
            {{Entities}}
            [Migratable] internal partial class Hidden { public int Id { get; init; } }
            public static class Setup
            {
                public static void Describe(MigrationBuilder builder) => builder.AddShopLibraryEntities();
                public static MigrationBuilder AddLines(this MigrationBuilder builder) => builder.AddEntity<Line>();
            }
            """,
            $$"""
            using System;
            using DbMove;
            using Microsoft.Extensions.DependencyInjection;
            {{own}}
            public static class Program { public static void Main() { {{body}} } }
            """);
        GeneratorRun run = GeneratorRun.Start(input.AddReferences(references));
        Compilation program = run.Output.WithOptions(run.Output.Options.WithOutputKind(OutputKind.ConsoleApplication));
        Assert.Empty(program.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await AnalyzerRun.DiagnoseAsync(program);
    }
}
