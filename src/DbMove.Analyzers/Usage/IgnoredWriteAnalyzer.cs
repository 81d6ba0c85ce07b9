using DbMove.Analyzers.Usage.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2007: A write of a repository, or a commit, that nobody awaits.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredWriteAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2007",
        "A write must be awaited",
        "Nobody awaits '{0}.{1}', so whether it was written, and every error, is lost; await it, or return its task",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2007"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.Instance?.Type is { } type
            && RepositoryCalls.IsTask(call.TargetMethod.ReturnType)
            && (RepositoryCalls.IsRepositoryWrite(call) || (RepositoryCalls.IsTransaction(type) && call.TargetMethod.Name != "DisposeAsync"))
            && IsIgnored(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), type.Name, call.TargetMethod.Name));
        }
    }

    private static bool IsIgnored(IOperation task)
    {
        IOperation value = task;
        while (value.Parent is IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" })
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            IExpressionStatementOperation => true,
            IConditionalAccessOperation { Parent: IExpressionStatementOperation } => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation, Parent: IExpressionStatementOperation } => true,
            _ => false,
        };
    }
}
