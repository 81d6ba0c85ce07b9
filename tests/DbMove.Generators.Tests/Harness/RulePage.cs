using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Tests.Harness;

/// <summary>What every rule's page has, and the index of them.</summary>
internal static class RulePage
{
    public static void Check(string id)
    {
        DiagnosticDescriptor rule = Assert.Single(AnalyzerRun.All.SelectMany(analyzer => analyzer.SupportedDiagnostics), rule => rule.Id == id);
        string page = File.ReadAllText(Path.Combine(Folders.Diagnostics, id + ".md"));
        string index = File.ReadAllText(Path.Combine(Folders.Diagnostics, "README.md"));

        Assert.EndsWith($"/docs/diagnostics/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.All(["## Why", "## Wrong", "## Fixed"], heading => Assert.Contains($"\n{heading}\n", page, StringComparison.Ordinal));
        Assert.Contains($"| [{id}]({id}.md) | {rule.Title} |", index, StringComparison.Ordinal);
    }
}
