using DbMove.Analyzers.Usage.Flow;
using DbMove.Analyzers.Usage.Sinks;
using DbMove.Analyzers.Usage.Texts;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2011: A write through a session or a store of one side, which the pool alone may use.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SideWriteAnalyzer() : UsageAnalyzer(s_rule, OperationKind.Invocation)
{
    private static readonly string[] s_writes = ["Insert", "Update", "Upsert", "Delete", "TryPark"];

    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2011",
        "One side must not be written past the pool",
        "'{0}' is migratable, but '{1}.{2}' writes one side only, without fence and intent; use its repository",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2011"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        IInvocationOperation call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod is { ContainingNamespace: { Name: "Dialects", ContainingNamespace.Name: "DbMove" } } method && (FindStored(call, tables) ?? FindWritten(call, tables)) is { } entity)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, call.Syntax.GetLocation(), entity.Name, method.ContainingType.Name, method.Name));
        }
    }

    private static ITypeSymbol? FindStored(IInvocationOperation call, MigratableTables tables) =>
        call.TargetMethod.ContainingType is { TypeArguments: [{ } entity, _] } store
        && store.HasMetadataName("DbMove.Dialects.IEntityStore`2")
        && s_writes.Any(verb => call.TargetMethod.Name.StartsWith(verb, StringComparison.Ordinal))
        && tables.IsEntity(entity)
            ? entity
            : null;

    private static ITypeSymbol? FindWritten(IInvocationOperation call, MigratableTables tables) =>
        call.TargetMethod.ContainingType.DerivesFrom("DbMove.Dialects.SideSession")
        && call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "sql")?.Value is { } text
            ? TextEvaluation.Of(text).SelectMany(WriteScanner.Scan).Select(tables.EntityOf).FirstOrDefault(static entity => entity is not null)
            : null;
}
