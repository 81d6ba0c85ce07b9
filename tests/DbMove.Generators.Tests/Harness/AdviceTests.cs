using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Harness;

/// <summary>
/// What holds for every rule that does not keep an entity from being generated: each wrong source is reported with the rule's severity,
/// names the entity and is generated all the same; each right one is silent; a pragma suppresses the rule; a page explains it.
/// </summary>
public abstract class AdviceTests(string id, DiagnosticSeverity severity)
{
    private const string Usings =
        """
        using System;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;
        using DbMove;

        """;

    /// <summary>Sources that the rule has something to say about.</summary>
    protected abstract IReadOnlyList<string> Wrong { get; }

    /// <summary>Sources near the rule that it is silent about.</summary>
    protected abstract IReadOnlyList<string> Right { get; }

    [Fact]
    public async Task A_wrong_entity_is_reported_and_generated()
    {
        foreach (string source in Wrong)
        {
            GeneratorRun run = GeneratorRun.Start(Usings + source);
            ImmutableArray<Diagnostic> diagnostics = await DiagnoseAsync(run);

            Assert.NotEmpty(diagnostics);
            Assert.All(diagnostics, diagnostic => Assert.Equal(severity, diagnostic.Severity));
            Assert.All(diagnostics, diagnostic => Assert.Contains("'Order", diagnostic.GetMessage(null), StringComparison.Ordinal));
            Assert.Contains(run.Files, file => file.HintName.EndsWith("Order.Map.g.cs", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_right_entity_is_silent_and_generated()
    {
        foreach (string source in Right)
        {
            GeneratorRun run = GeneratorRun.Start(Usings + source);

            Assert.Empty(await DiagnoseAsync(run));
            Assert.Contains(run.Files, file => file.HintName.EndsWith("Order.Map.g.cs", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_pragma_suppresses_the_rule()
    {
        foreach (string source in Wrong)
        {
            Assert.Empty(await DiagnoseAsync(GeneratorRun.Start($"#pragma warning disable {id}\n" + Usings + source)));
        }
    }

    [Fact]
    public void A_page_explains_the_rule() => RulePage.Check(id);

    private async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(GeneratorRun run) =>
        [.. (await AnalyzerRun.DiagnoseAllAsync(run.Output)).Where(diagnostic => diagnostic.Id == id)];
}
