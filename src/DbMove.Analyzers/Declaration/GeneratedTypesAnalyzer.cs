using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1020: Says what was generated for an entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GeneratedTypesAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1020",
        "What DbMove generates for an entity",
        "'{0}' moves from {1} to {2}, keyed by {3}: DbMove generates {4}",
        Category.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1020"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        Location location = EntityShape.LocationOf(shape.Type, context.CancellationToken);
        AnalyzerConfigOptionsProvider options = context.Options.AnalyzerConfigOptionsProvider;
        if (((location.SourceTree is { } tree ? Settings.OfFile(options, tree, Settings.ReportGenerated) : null)
            ?? Settings.Property(options, Settings.ReportGeneratedProperty)) == false)
        {
            return;
        }

        // Not so where only the whole assembly shows an error: a name that is not its own (DBM1011), or an unusable repository (DBM1014).
        string name = shape.Type.Name;
        if (!NameRules.HasGenerated(shape.Type, name + "Map"))
        {
            return;
        }

        INamedTypeSymbol? declared = AttributedRepositories.Of(shape.Type, context.CancellationToken).FirstOrDefault();
        string repository = declared is null ? name + "Repository"
            : SymbolEqualityComparer.Default.Equals(declared.ContainingNamespace, shape.Type.ContainingNamespace) ? declared.Name
            : declared.ToDisplayString();
        string types = $"{repository}, {name}Comparer, {name}Fixer, {name}Map";
        context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            location,
            name,
            Table(shape.SourceTable),
            Table(shape.TargetTable),
            string.Join(", ", shape.Key.Select(static member => member.Name)),
            shape.Key.Length > 1 ? $"{types}, {name}Key" : types));
    }

    private static string Table((string? Schema, string Name) table) =>
        table.Schema is null ? $"'{table.Name}'" : $"'{table.Schema}.{table.Name}'";
}
