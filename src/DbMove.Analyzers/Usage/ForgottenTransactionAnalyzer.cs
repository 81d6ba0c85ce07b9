using System.Collections.Immutable;
using System.Globalization;
using DbMove.Analyzers.Usage.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2009: A call of a repository that does not pass the transaction that is open around it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForgottenTransactionAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2009",
        "A repository must be given the open transaction",
        "'{0}.{1}' runs outside the transaction '{2}', which is open here, and may wait for it for ever; pass '{2}'",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2009"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (RepositoryCalls.IsRepositoryCall(call)
            && call.Arguments.FirstOrDefault(static argument => RepositoryCalls.IsTransaction(argument.Parameter?.Type)) is { } argument
            && (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: null })
            && OpenTransaction.Find(call, context.ContainingSymbol, call.Instance) is { } transaction)
        {
            // For the fix.
            ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
                .Add("Transaction", transaction.Name)
                .Add("Parameter", argument.Parameter!.Name)
                .Add("Ordinal", argument.Parameter.Ordinal.ToString(CultureInfo.InvariantCulture));
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), properties, call.Instance!.Type!.Name, call.TargetMethod.Name, transaction.Name));
        }
    }
}
