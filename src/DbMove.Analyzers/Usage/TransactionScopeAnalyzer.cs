using DbMove.Analyzers.Usage.Flow;
using DbMove.Analyzers.Usage.Sinks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2008: A write of a repository, or a transaction of DbMove, inside a <c>TransactionScope</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TransactionScopeAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private const string Scope = "System.Transactions.TransactionScope";

    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2008",
        "A write must not stand in a TransactionScope",
        "'{0}.{1}' does not join the TransactionScope around it, or brings two databases into it; use Migration.BeginTransactionAsync and pass the transaction",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2008"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.Instance?.Type is { } type
            && (RepositoryCalls.IsRepositoryWrite(call)
                || (call.TargetMethod.Name is "BeginTransactionAsync" or "ExecuteInTransactionAsync" && (type.DerivesFrom("DbMove.Migration") || type.Implements("DbMove.IDualWriteTransactions"))))
            && Enclosing.Resources(call).FirstOrDefault(static resource => resource.Type.DerivesFrom(Scope)) is { } scope
            && !Suppresses(scope))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), type.Name, call.TargetMethod.Name));
        }
    }

    private static bool Suppresses(EnclosingResource scope) =>
        scope.Value is { } value
        && LocalFlow.Unwrap(value) is IObjectCreationOperation creation
        && creation.Arguments.Any(static argument => argument.Value is { Type.Name: "TransactionScopeOption", ConstantValue: { HasValue: true, Value: 2 } });
}
