using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>A rule on the use of migratable entities. Does nothing in a compilation that sees none.</summary>
public abstract class UsageAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<OperationKind> _kinds;

    private protected UsageAnalyzer(DiagnosticDescriptor rule, params OperationKind[] kinds)
    {
        Rule = rule;
        _kinds = [.. kinds];
        SupportedDiagnostics = [rule];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    private protected DiagnosticDescriptor Rule { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (MigratableTables.Of(start.Compilation, start.CancellationToken) is { } tables)
            {
                start.RegisterOperationAction(operation => Analyze(operation, tables), _kinds);
            }
        });
    }

    private protected abstract void Analyze(OperationAnalysisContext context, MigratableTables tables);
}
