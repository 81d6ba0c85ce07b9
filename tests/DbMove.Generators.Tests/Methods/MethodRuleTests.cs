using System.Collections.Immutable;
using DbMove.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Methods;

/// <summary>
/// What holds for every rule on <c>[Sql]</c> methods: each wrong method is reported and only that, and gets no statement; each right
/// one is silent and gets one; a pragma suppresses the rule; a page explains it. Each source is what stands in the repository.
/// </summary>
public abstract class MethodRuleTests(string id)
{
    private const string Prelude =
        """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using System.Threading;
        using System.Threading.Tasks;
        using DbMove;

        public enum OrderState { New, Paid }

        public readonly record struct OrderId(long Value);

        public sealed class Marked : IValueConverter<string, string>
        {
            public static string ToStored(string value) => "#" + value;
            public static string FromStored(string stored) => stored.Substring(1);
        }

        [Migratable, Table("orders")]
        public sealed partial class Order
        {
            public OrderId Id { get; set; }
            [Column("customer_name"), TargetColumn("customer")] public required string Customer { get; set; }
            public decimal Total { get; set; }
            public long Count { get; set; }
            [StoreAsText] public OrderState State { get; set; }
            public OrderState Number { get; set; }
            [Convert<Marked>] public required string Word { get; set; }
            [SourceOnly] public string? Old { get; set; }
        }

        [Migratable, Table("parcels"), TargetTable("packages", Schema = "depot")]
        public sealed partial class Parcel
        {
            public long Id { get; set; }
            public int Weight { get; set; }
        }

        public sealed record Pair(long Count, decimal Total);

        public sealed class Opaque;

        """;

    /// <summary>Members of the repository of <c>Order</c> that break the rule, each in its own way and no other rule.</summary>
    protected abstract IReadOnlyList<string> Wrong { get; }

    /// <summary>Members near the rule that do not break it.</summary>
    protected abstract IReadOnlyList<string> Right { get; }

    [Fact]
    public async Task A_wrong_method_is_reported_alone_and_gets_no_statement()
    {
        foreach (string member in Wrong)
        {
            GeneratorRun run = Start(member);
            ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnoseAsync(run.Output);

            Assert.True(diagnostics.Length > 0, "Nothing is reported on " + member);
            Assert.All(diagnostics, diagnostic => Assert.True(diagnostic.Id == id && diagnostic.Severity == DiagnosticSeverity.Error, $"{diagnostic} on {member}"));
            Assert.All(diagnostics, diagnostic => Assert.Contains("'" + (member.Contains("Elsewhere", StringComparison.Ordinal) ? "Elsewhere." : member.Contains("ParcelRepository", StringComparison.Ordinal) ? "ParcelRepository." : "OrderRepository."), diagnostic.GetMessage(null), StringComparison.Ordinal));
            Assert.DoesNotContain(run.Files, file => file.SourceText.ToString().Contains("DbMoveStatements", StringComparison.Ordinal));
            Assert.Empty(Errors(run));
        }
    }

    [Fact]
    public async Task A_right_method_is_silent_and_gets_a_statement()
    {
        foreach (string member in Right)
        {
            GeneratorRun run = Start(member);

            Assert.Empty(await AnalyzerRun.DiagnoseAsync(run.Output));
            Assert.Contains(run.Files, file => file.SourceText.ToString().Contains("DbMoveStatements", StringComparison.Ordinal));
            Assert.Empty(Errors(run));
        }
    }

    [Fact]
    public async Task A_pragma_suppresses_the_rule()
    {
        foreach (string member in Wrong)
        {
            Assert.Empty(await AnalyzerRun.DiagnoseAsync(Start($"#pragma warning disable {id}\n{member}").Output));
        }
    }

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check(id);

    private static GeneratorRun Start(string member) => GeneratorRun.Start(
        Prelude + (member.Contains(" class ", StringComparison.Ordinal) ? member : $"public sealed partial class OrderRepository\n{{\n{member}\n}}\n"));

    private static IEnumerable<Diagnostic> Errors(GeneratorRun run) =>
        run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
}
