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
        if (context.Operation is IInvocationOperation { TargetMethod: { TypeArguments: [INamedTypeSymbol element] } method }
            && method.Name is "ExecuteUpdate" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteDeleteAsync"
            && method.ContainingNamespace.ToDisplayString() == "Microsoft.EntityFrameworkCore"
            && element.WithBaseTypes().FirstOrDefault(tables.IsEntity) is { } entity)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), entity.Name, method.Name));
        }
    }
}
