using System.Collections.Immutable;
using DbMove.Analyzers.Usage.Flow;
using DbMove.Analyzers.Usage.Sinks;
using DbMove.Analyzers.Usage.Texts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>
/// A rule on SQL that writes the table of a migratable entity. The message gets the entity {0}, the verb {1} and the table {2}.
/// </summary>
public abstract class SqlSinkAnalyzer : UsageAnalyzer
{
    private readonly Func<IOperation, SqlSink?> _find;
    private readonly bool _isDualWrite;

    /// <param name="rule">The rule.</param>
    /// <param name="find">Tells whether an operation takes SQL.</param>
    /// <param name="isDualWrite">Whether the rule is on what runs through DbMove, or on what goes past it.</param>
    /// <param name="kinds">The operations that may take SQL.</param>
    private protected SqlSinkAnalyzer(DiagnosticDescriptor rule, Func<IOperation, SqlSink?> find, bool isDualWrite, params OperationKind[] kinds)
        : base(rule, kinds) => (_find, _isDualWrite) = (find, isDualWrite);

    /// <summary>Whether the rule is broken by a text that writes the table.</summary>
    private protected virtual bool IsWrong(string text) => true;

    /// <summary>What a fix must know, where the text can be no other.</summary>
    private protected virtual ImmutableDictionary<string, string?> Describe(string text, INamedTypeSymbol entity, IOperation call, SqlSink sink, ISymbol member, CancellationToken cancellationToken) => ImmutableDictionary<string, string?>.Empty;

    private protected sealed override void Analyze(OperationAnalysisContext context, MigratableTables tables)
    {
        if (_find(context.Operation) is not { } sink)
        {
            return;
        }

        IReadOnlyList<string> texts = TextEvaluation.Of(sink.Text);
        foreach (string text in texts)
        {
            foreach (WrittenTable written in IsWrong(text) ? WriteScanner.Scan(text) : [])
            {
                if (tables.EntityOf(written) is { } entity)
                {
                    // Asked last: it is what costs most, and seldom matters.
                    if (sink.Runners.Any(DualWriteFlow.IsDualWrite) == _isDualWrite)
                    {
                        ImmutableDictionary<string, string?> properties = texts.Count == 1 ? Describe(text, entity, context.Operation, sink, context.ContainingSymbol, context.CancellationToken) : ImmutableDictionary<string, string?>.Empty;
                        context.ReportDiagnostic(Diagnostic.Create(Rule, sink.Text.Syntax.GetLocation(), properties, entity.Name, written.Verb, written.Name));
                    }

                    return;
                }
            }
        }
    }
}
