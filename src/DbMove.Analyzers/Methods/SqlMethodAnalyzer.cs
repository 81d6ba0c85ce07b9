using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>
/// Reports one kind of problem of the <see cref="MethodShape"/>, the definition that the generator goes by too. A rule is its
/// descriptor and its kind; the message gets the method {0}, the subject {1} and the detail {2}.
/// </summary>
public abstract class SqlMethodAnalyzer : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _rule;
    private readonly MethodProblemKind _kind;

    private protected SqlMethodAnalyzer(DiagnosticDescriptor rule, MethodProblemKind kind)
    {
        _rule = rule;
        _kind = kind;
        SupportedDiagnostics = [rule];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        // Of a file that another generator wrote too: nothing is generated for a wrong method there either.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        if (MethodShape.Inspect((IMethodSymbol)context.Symbol, context.CancellationToken) is not { } shape)
        {
            return;
        }

        foreach (MethodProblem problem in shape.Problems)
        {
            if (problem.Kind == _kind)
            {
                context.ReportDiagnostic(Diagnostic.Create(_rule, problem.Location, problem.Method, problem.Subject, problem.Detail));
            }
        }
    }
}
