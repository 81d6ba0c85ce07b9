using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Generators.Tests.Harness;

/// <summary>The analyzers that the .NET SDK brings, with the severities of <c>AnalysisMode=All</c>: what a strict project runs.</summary>
internal static partial class SdkAnalyzers
{
    private static readonly string s_folder = typeof(SdkAnalyzers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "SdkAnalyzers").Value!;

    private static readonly Lazy<ImmutableArray<DiagnosticAnalyzer>> s_analyzers = new(Load);

    private static readonly Lazy<ImmutableDictionary<string, ReportDiagnostic>> s_severities = new(ReadSeverities);

    /// <summary>How many rules the mode turns on.</summary>
    public static int RuleCount => s_severities.Value.Count(static rule => rule.Value == ReportDiagnostic.Warn);

    /// <summary>What the compiler and the SDK's analyzers say of a compilation: warnings and errors.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(CSharpCompilation compilation)
    {
        CSharpCompilation strict = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(s_severities.Value));
        ImmutableArray<Diagnostic> diagnostics = await strict.WithAnalyzers(s_analyzers.Value).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == "AD0001");
        return [.. diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }

    private static ImmutableArray<DiagnosticAnalyzer> Load() =>
    [
        .. new[] { "Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll" }
            .Select(name => new AnalyzerFileReference(Path.Combine(s_folder, name), new Loader()))
            .SelectMany(static reference => reference.GetAnalyzers(LanguageNames.CSharp)),
    ];

    private static ImmutableDictionary<string, ReportDiagnostic> ReadSeverities() =>
        Severity().Matches(File.ReadAllText(Path.Combine(s_folder, "build", "config", "analysislevel_10_all.globalconfig")))
            .ToImmutableDictionary(static match => match.Groups[1].Value, static match => match.Groups[2].Value == "warning" ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress);

    [GeneratedRegex(@"^dotnet_diagnostic\.(\w+)\.severity = (\w+)", RegexOptions.Multiline)]
    private static partial Regex Severity();

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
