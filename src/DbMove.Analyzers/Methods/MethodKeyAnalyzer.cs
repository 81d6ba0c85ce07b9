using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1032: A <c>[Sql]</c> text that sets a key column.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodKeyAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.SetsKey)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1032",
        "A [Sql] method must not set a key column",
        "'{0}' sets '{1}', a column of the key: the follower could not be told which row is gone; delete the row and insert it anew",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1032"));
}
