using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Harness;

/// <summary>
/// What holds for every rule: each wrong source is reported, names the entity and gets nothing generated; each right
/// source is silent and gets something; a pragma suppresses the rule; a page explains it. The last file's marked type
/// is called <c>Order</c>.
/// </summary>
public abstract class RuleTests(string id)
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using DbMove;

        """;

    /// <summary>Sources that break the rule, each in its own way and no other rule.</summary>
    protected abstract IReadOnlyList<string> Wrong { get; }

    /// <summary>Sources near the rule that do not break it.</summary>
    protected abstract IReadOnlyList<string> Right { get; }

    [Fact]
    public async Task A_wrong_entity_is_reported_and_nothing_is_generated()
    {
        foreach (string source in Wrong)
        {
            GeneratorRun run = GeneratorRun.Start(Usings + source);
            ImmutableArray<Diagnostic> diagnostics = await AnalyzerRun.DiagnoseAsync(run.Output);

            Assert.All(diagnostics, diagnostic => Assert.Equal(id, diagnostic.Id));
            Assert.Contains(diagnostics, diagnostic => diagnostic.GetMessage(null).Contains("'Order", StringComparison.Ordinal));
            Assert.All(diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
            Assert.DoesNotContain(run.Files, file => file.HintName.EndsWith("Order.Map.g.cs", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_right_entity_is_silent_and_generated()
    {
        foreach (string source in Right)
        {
            GeneratorRun run = GeneratorRun.Start(Usings + source);

            Assert.Empty(await AnalyzerRun.DiagnoseAsync(run.Output));
            Assert.Contains(run.Files, file => file.HintName.EndsWith("Order.Map.g.cs", StringComparison.Ordinal));
            Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }
    }

    [Fact]
    public async Task A_pragma_suppresses_the_rule()
    {
        foreach (string source in Wrong)
        {
            GeneratorRun run = GeneratorRun.Start($"#pragma warning disable {id}\n" + Usings + source);

            Assert.Empty(await AnalyzerRun.DiagnoseAsync(run.Output));
        }
    }

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check(id);
}
