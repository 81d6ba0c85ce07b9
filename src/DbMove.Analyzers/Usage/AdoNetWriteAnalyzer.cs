using DbMove.Analyzers.Usage.Sinks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Usage;

/// <summary>DBM2001: A command of ADO.NET that writes the table of a migratable entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AdoNetWriteAnalyzer() : SqlSinkAnalyzer(s_rule, AdoNetSinks.Find, isDualWrite: false, AdoNetSinks.Kinds)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM2001",
        "A command must not write a migratable table past DbMove",
        "'{0}' is migratable, but this command's {1} of '{2}' reaches one database only; use its repository, or a DualWriteDataSource",
        Category.Usage,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM2001"));
}
