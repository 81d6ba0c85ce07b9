using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>A rule about entities for which everything can be generated: advice, or a warning of what may differ later.</summary>
public abstract class EntityAdviceAnalyzer : DiagnosticAnalyzer
{
    private protected EntityAdviceAnalyzer(DiagnosticDescriptor rule) => SupportedDiagnostics = [rule];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    /// <summary>Reports what the rule has to say about a valid entity.</summary>
    private protected abstract void Advise(SymbolAnalysisContext context, EntityShape shape);

    private void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.HasAttribute(AttributeNames.Migratable) && EntityShape.Inspect(type, context.CancellationToken) is { IsValid: true } shape)
        {
            Advise(context, shape);
        }
    }
}
