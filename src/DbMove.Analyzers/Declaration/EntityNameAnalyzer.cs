using System.Collections.Concurrent;
using System.Collections.Immutable;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1011: Two entities of an assembly with one name on the wire: their intents and events could not be told apart.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityNameAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1011",
        "Each migratable entity must have a name of its own",
        "'{0}' has the name '{1}', as '{2}' has; set [Migratable(Name = …)] on one of them",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1011"),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // In generated files too: nothing is generated for entities that a tool wrote either, and nobody else would say so.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            ConcurrentBag<EntityShape> entities = [];
            start.RegisterSymbolAction(symbol => Collect(symbol, entities), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, entities));
        });
    }

    private static void Collect(SymbolAnalysisContext context, ConcurrentBag<EntityShape> entities)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.HasAttribute(AttributeNames.Migratable)
            && EntityShape.Inspect(type, context.CancellationToken) is { IsValid: true } shape)
        {
            entities.Add(shape);
        }
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<EntityShape> entities)
    {
        Report(context, entities, static shape => shape.WireName);
        // The generated files' names begin with it, and files are told apart ignoring case.
        Report(context, entities, static shape => EntityShape.FileName(shape.Type));
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<EntityShape> entities, Func<EntityShape, string> name)
    {
        foreach (IGrouping<string, EntityShape> group in entities.GroupBy(name, StringComparer.OrdinalIgnoreCase))
        {
            EntityShape[] shapes = [.. group.OrderBy(static shape => shape.Type.ToDisplayString(), StringComparer.Ordinal)];
            for (int index = 0; shapes.Length > 1 && index < shapes.Length; index++)
            {
                INamedTypeSymbol type = shapes[index].Type;
                INamedTypeSymbol other = shapes[index == 0 ? 1 : 0].Type;
                context.ReportDiagnostic(Diagnostic.Create(
                    s_rule, EntityShape.LocationOf(type, context.CancellationToken), type.Name, name(shapes[index]), other.ToDisplayString()));
            }
        }
    }
}
