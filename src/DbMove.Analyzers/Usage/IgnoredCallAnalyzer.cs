using DbMove.Analyzers.Usage.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2007: A call of a repository, or a commit, that nobody awaits.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IgnoredCallAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2007",
        "A call of a repository must be awaited",
        "Nobody awaits '{0}.{1}', so whether it was done, and every error, is lost; await it, or return its task",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2007"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.Instance?.Type is { } type
            && RepositoryCalls.IsTask(call.TargetMethod.ReturnType)
            && (RepositoryCalls.IsRepositoryCall(call) || (RepositoryCalls.IsTransaction(type) && call.TargetMethod.Name != "DisposeAsync"))
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
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => !IsRead(declarator),
            _ => false,
        };
    }

    /// <summary>Whether the variable's name stands anywhere else in its block.</summary>
    private static bool IsRead(IVariableDeclaratorOperation declarator) =>
        (declarator.Syntax.FirstAncestorOrSelf<BlockSyntax>() ?? declarator.Syntax.SyntaxTree.GetRoot())
            .DescendantNodes()
            .Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == declarator.Symbol.Name);
}
