using System.Collections.Concurrent;
using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1014: A repository class that the generated half cannot join.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RepositoryAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1014",
        "A repository class must be one that the generated half can join",
        "'{1}' cannot be the repository of '{0}': it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1014"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    private static readonly ImmutableDictionary<string, string?> s_notPartial = ImmutableDictionary<string, string?>.Empty.Add(FixHints.IsNotPartial, "");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // In generated files too: nothing is generated for classes that a tool wrote either, and nobody else would say so.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<RepositoryShape> attributed = [];
            ConcurrentBag<RepositoryShape> beside = [];
            start.RegisterSymbolAction(symbol => Collect(symbol, attributed, beside), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, attributed, beside));
        });
    }

    private static void Collect(SymbolAnalysisContext context, ConcurrentBag<RepositoryShape> attributed, ConcurrentBag<RepositoryShape> beside)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.HasAttribute(AttributeNames.Repository))
        {
            attributed.Add(RepositoryShape.Attributed(type, context.CancellationToken));
        }

        if (type.HasAttribute(AttributeNames.Migratable)
            && EntityShape.Inspect(type, context.CancellationToken).IsValid
            && RepositoryShape.Beside(type, context.CancellationToken) is { } shape)
        {
            beside.Add(shape);
        }
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<RepositoryShape> attributed, ConcurrentBag<RepositoryShape> beside)
    {
        Dictionary<ISymbol, RepositoryShape> first = new(SymbolEqualityComparer.Default);
        foreach (RepositoryShape shape in attributed.OrderBy(static shape => shape.Type.ToDisplayString(), StringComparer.Ordinal))
        {
            string? problem = shape.Problem;
            if (shape.Entity is { } entity)
            {
                if (first.TryGetValue(entity, out RepositoryShape? other))
                {
                    problem ??= $"is the second one, beside '{other.Type.Name}'";
                }
                else
                {
                    first.Add(entity, shape);
                }
            }

            Report(context, shape, problem);
        }

        // A class that says [Repository<T>] is chosen before the one that only has the name.
        foreach (RepositoryShape shape in beside.Where(shape => !first.ContainsKey(shape.Entity!)))
        {
            Report(context, shape, shape.Problem);
        }
    }

    private static void Report(CompilationAnalysisContext context, RepositoryShape shape, string? problem)
    {
        if (problem is not null)
        {
            ImmutableDictionary<string, string?> hints = problem == RepositoryShape.NotPartial ? s_notPartial : ImmutableDictionary<string, string?>.Empty;
            context.ReportDiagnostic(Diagnostic.Create(s_rule, shape.Type.Locations[0], hints, shape.Entity?.Name ?? "?", shape.Type.Name, problem));
        }
    }
}
