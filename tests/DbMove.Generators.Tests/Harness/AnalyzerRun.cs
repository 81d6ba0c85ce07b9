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

    /// <summary>The rules' diagnostics of a compilation that has no error, in one pass: for large ones.</summary>
    public static async Task<ImmutableArray<Diagnostic>> CompileAsync(Compilation compilation)
    {
        ImmutableArray<Diagnostic> all = await compilation.WithAnalyzers(All).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(all.Where(diagnostic => diagnostic.Id == "AD0001" || (diagnostic.Severity == DiagnosticSeverity.Error && !diagnostic.Id.StartsWith("DBM", StringComparison.Ordinal))).Take(5));
        return [.. all.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("DBM", StringComparison.Ordinal))];
    }

    /// <summary>The analyzers' errors and warnings, those that the source suppresses left out.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Compilation compilation) =>
        [.. (await DiagnoseAllAsync(compilation)).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>What the rules that are errors say: those that keep an entity from being generated.</summary>
    public static Task<ImmutableArray<Diagnostic>> DiagnoseErrorsAsync(Compilation compilation) =>
        RunAsync(compilation, [.. All.Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.DefaultSeverity == DiagnosticSeverity.Error))], []);

    /// <summary>All that the analyzers say, advice too, under settings of <c>.editorconfig</c> and properties of the build.</summary>
    public static Task<ImmutableArray<Diagnostic>> DiagnoseAllAsync(Compilation compilation, params (string Key, string Value)[] settings) =>
        RunAsync(compilation, All, settings);

    private static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, (string Key, string Value)[] settings)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(analyzers, new AnalyzerOptions([], new TestSettings(settings)));
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return diagnostics;
    }
}
