using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>
/// Reports one kind of problem of the <see cref="EntityShape"/>, the definition that the generator goes by too. A rule is
/// its descriptor and its kind; the message gets the entity {0}, the member {1} and the detail {2}.
/// </summary>
public abstract class EntityShapeAnalyzer : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _rule;
    private readonly ProblemKind _kind;

    private protected EntityShapeAnalyzer(DiagnosticDescriptor rule, ProblemKind kind)
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
        // In generated files too: nothing is generated for an entity that a tool wrote either, and nobody else would say so.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (!type.HasAttribute(AttributeNames.Migratable))
        {
            return;
        }

        foreach (ShapeProblem problem in EntityShape.Inspect(type, context.CancellationToken).Problems)
        {
            if (problem.Kind == _kind)
            {
                context.ReportDiagnostic(Diagnostic.Create(_rule, problem.Location, problem.Entity, problem.Member, problem.Detail));
            }
        }
    }
}
