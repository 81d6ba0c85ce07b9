using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1033: A <c>[Sql]</c> text that uses a name which is another one on the target.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodTargetAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.TargetText)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1033",
        "A [Sql] text must have the names of its side",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1033"));
}
