using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2004: <c>ExecuteUpdate</c> or <c>ExecuteDelete</c> of EF Core on migratable entities.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BulkOperationAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2004",
        "EF Core must not update or delete migratable entities in bulk",
        "'{0}' is migratable, but this {1} reaches one database only; use its repository",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2004"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        if (context.Operation is IInvocationOperation { TargetMethod: { TypeArguments: [{ } element] } method }
            && method.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync"
            && method.ContainingNamespace.ToDisplayString() == "Microsoft.EntityFrameworkCore"
            && Elements(element).SelectMany(static type => type.WithBaseTypes()).FirstOrDefault(tables.IsEntity) is { } entity)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), entity.Name, method.Name));
        }
    }

    /// <summary>What a query is of: a type, what a type parameter is constrained to, or what an anonymous type of a join holds.</summary>
    private static IEnumerable<INamedTypeSymbol> Elements(ITypeSymbol element) => element switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.OfType<INamedTypeSymbol>(),
        INamedTypeSymbol { IsAnonymousType: true } joined => joined.GetMembers().OfType<IPropertySymbol>().Select(static member => member.Type).OfType<INamedTypeSymbol>(),
        INamedTypeSymbol named => [named],
        _ => [],
    };
}
