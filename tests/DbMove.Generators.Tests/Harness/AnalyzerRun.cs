using System.Collections.Immutable;
using DbMove.Analyzers.Declaration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Generators.Tests.Harness;

/// <summary>Runs every analyzer over a compilation, as the compiler does.</summary>
internal static class AnalyzerRun
{
    public static ImmutableArray<DiagnosticAnalyzer> All { get; } =
    [
        .. typeof(EntityShapeAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The analyzers' diagnostics, those that the source suppresses left out.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Compilation compilation)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(All);
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics;
    }
}
