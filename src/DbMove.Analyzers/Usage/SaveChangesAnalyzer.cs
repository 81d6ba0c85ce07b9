using DbMove.Analyzers.Usage.Sinks;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2003: Changes saved by a context of EF Core that has a set of migratable entities.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SaveChangesAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2003",
        "EF Core must not save changes of migratable entities",
        "'{0}' is migratable and a set of '{1}', so what this saves of it reaches one database only; write it by its repository, and keep it out of the context or its changes untracked",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2003"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        // A context that overrides the method calls the one it overrides: whoever calls the context is told.
        if (context.Operation is IInvocationOperation { TargetMethod.Name: "SaveChanges" or "SaveChangesAsync", Instance: { Type: { } declared } instance }
            && instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax }
            && (declared is ITypeParameterSymbol parameter ? parameter.ConstraintTypes.OfType<INamedTypeSymbol>().FirstOrDefault() : declared as INamedTypeSymbol) is { } type
            && FindSet(type, tables) is { } entity)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Operation.Syntax.GetLocation(), entity.Name, type.Name));
        }
    }

    /// <summary>The first migratable entity that a context, or an interface that stands for one, has a set of.</summary>
    private static ITypeSymbol? FindSet(INamedTypeSymbol type, MigratableTables tables)
    {
        IEnumerable<INamedTypeSymbol> parts = type.TypeKind == TypeKind.Interface ? [type, .. type.AllInterfaces] : type.WithBaseTypes();
        foreach (ISymbol member in parts.SelectMany(static part => part.GetMembers()))
        {
            if (member is IPropertySymbol { Type: INamedTypeSymbol { Name: "DbSet", TypeArguments: [INamedTypeSymbol element] } set }
                && set.HasMetadataName("Microsoft.EntityFrameworkCore.DbSet`1")
                && element.WithBaseTypes().FirstOrDefault(tables.IsEntity) is { } entity)
            {
                return entity;
            }
        }

        return null;
    }
}
