using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>
/// DBM1030 to DBM1037: every problem of the <see cref="MethodShape"/>, the definition that the generator goes by too. One analyzer for
/// all of them, because reading a method's texts is what costs.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlMethodAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => MethodDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Of a file that another generator wrote too: nothing is generated for a wrong method there either.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (MethodShape.Inspect((IMethodSymbol)context.Symbol, context.CancellationToken) is not { } shape)
        {
            return;
        }

        foreach (MethodProblem problem in shape.Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(MethodDescriptors.Of(problem.Kind), problem.Location, problem.Method, problem.Subject, problem.Detail));
        }
    }
}
