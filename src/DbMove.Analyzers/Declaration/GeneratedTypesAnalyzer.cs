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
            (shape.Key.Length > 1 ? $"{types}, {name}Key" : types) + LeftOut(shape.Type, declared ?? NameRules.FindDeclared(shape.Type, name + "Repository"), context.CancellationToken)));
    }

    /// <summary>What the user's interface does not get, for it is public and would show what is not.</summary>
    private static string LeftOut(INamedTypeSymbol entity, INamedTypeSymbol? repository, CancellationToken cancellationToken)
    {
        RepositoryContract contract = RepositoryContract.Find(repository ?? entity, repository?.Name ?? entity.Name + "Repository", entity, cancellationToken);
        if (contract.LeftAlone is { } left)
        {
            return $"; '{left}' is left alone, for it is public and '{entity.Name}' is not";
        }

        return contract.Interface is not { } name || repository is null ? "" : string.Concat(repository.GetMembers().OfType<IMethodSymbol>()
            .Where(static method => method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, PartialDefinitionPart: null } && method.HasAttribute(AttributeNames.Sql))
            .Select(method => contract.FindHidden(method) is { } hidden ? $"; '{method.Name}' is not in '{name}', for that is public and '{hidden.Name}' is not" : ""));
    }

    private static string Table((string? Schema, string Name) table) =>
        table.Schema is null ? $"'{table.Name}'" : $"'{table.Schema}.{table.Name}'";
}
