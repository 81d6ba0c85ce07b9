using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Generators.Tests.Harness;

/// <summary>The text of an <c>.editorconfig</c>, read by the compiler's own reader, beside every file.</summary>
internal sealed class EditorConfig(string text)
{
    private readonly AnalyzerConfigSet _set = AnalyzerConfigSet.Create(ImmutableArray.Create(AnalyzerConfig.Parse(text, "/.editorconfig")));

    /// <summary>What all analyzers say under it.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Compilation compilation)
    {
        Compilation configured = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(this)));
        return await configured.WithAnalyzers(AnalyzerRun.All, new AnalyzerOptions([], new Settings(this))).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private AnalyzerConfigOptionsResult For(SyntaxTree tree) => _set.GetOptionsForSourcePath("/" + tree.FilePath);

    private sealed class Severities(EditorConfig config) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            config.For(tree).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return false;
        }
    }

    private sealed class Settings(EditorConfig config) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(ImmutableDictionary<string, string>.Empty);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(config.For(tree).AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
