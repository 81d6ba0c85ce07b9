using DbMove.Analyzers.Usage.Sinks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2005: SQL run by EF Core that writes the table of a migratable entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityFrameworkSqlAnalyzer() : SqlSinkAnalyzer(s_rule, EntityFrameworkSinks.Find, isDualWrite: false, OperationKind.Invocation)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2005",
        "SQL run by EF Core must not write a migratable table",
        "'{0}' is migratable, but this {1} of '{2}' through EF Core reaches one database only; use its repository",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2005"));
}
