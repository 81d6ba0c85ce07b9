using DbMove.Analyzers.Usage.Sinks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2006: A <c>COPY</c> of Npgsql into the table of a migratable entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CopyAnalyzer() : SqlSinkAnalyzer(s_rule, CopySinks.Find, isDualWrite: false, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2006",
        "COPY must not fill a migratable table",
        "'{0}' is migratable, but this {1} into '{2}' reaches one database only; use InsertManyAsync of its repository",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2006"));
}
