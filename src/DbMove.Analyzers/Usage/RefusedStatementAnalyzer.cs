using DbMove.Analyzers.Usage.Flow;
using DbMove.Analyzers.Usage.Sinks;
using DbMove.Analyzers.Usage.Texts;
using DbMove.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2012: A statement that a <c>DualWriteDataSource</c> refuses, because no rows of it would reach the other side.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RefusedStatementAnalyzer() : UsageAnalyzer(s_rule, AdoNetSinks.Kinds)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2012",
        "A statement must be one that DualWriteDataSource carries",
        "'DualWriteDataSource' refuses this {0}: {1}",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2012"));

    private protected override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        if ((AdoNetSinks.Find(context.Operation) ?? DapperSinks.Find(context.Operation)) is not { IsPart: false } sink || !sink.Runners.Any(DualWriteFlow.IsDualWrite))
        {
            return;
        }

        // A text that is not wholly known may become another statement.
        foreach (string text in TextEvaluation.Of(sink.Text).Where(static text => text.IndexOf(SqlTokenizer.Hole) < 0))
        {
            foreach (RecognizedStatement statement in StatementSplitter.Split(text, TokenRules.AnyEngine))
            {
                if (Refusals.Find(statement, tables, context.CancellationToken) is { } reason)
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rule, sink.Text.Syntax.GetLocation(), statement.Verb, reason));
                    return;
                }
            }
        }
    }
}
