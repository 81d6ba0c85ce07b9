using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

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
}
