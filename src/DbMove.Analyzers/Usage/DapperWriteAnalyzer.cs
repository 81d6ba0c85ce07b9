using System.Collections.Immutable;
using DbMove.Analyzers.Usage.Flow;
using DbMove.Analyzers.Usage.Sinks;
using DbMove.Analyzers.Usage.Texts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2002: A call of Dapper that writes the table of a migratable entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DapperWriteAnalyzer() : SqlSinkAnalyzer(s_rule, DapperSinks.Find, isDualWrite: false, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2002",
        "Dapper must not write a migratable table past DbMove",
        "'{0}' is migratable, but this {1} of '{2}' through Dapper reaches one database only; use its repository, or a connection of a DualWriteDataSource",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2002"));

    private protected override ImmutableDictionary<string, string?> Describe(
        string text, INamedTypeSymbol entity, IOperation call, SqlSink sink, ISymbol member, CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, string?> properties = RowWrite.Describe(text, entity, cancellationToken);

        // A write that a fix moves must not leave a transaction, and joins the one that is open.
        return DriverTransactions.MayBeOpen(call, sink.Runners) ? properties.Add("InTransaction", "")
            : OpenTransaction.Find(call, member, repository: null) is not { } open ? properties
            : MigrationOrigin.MayBeSeveral(call) ? properties.Add("InTransaction", "")
            : properties.Add("Transaction", open.Name);
    }
}
