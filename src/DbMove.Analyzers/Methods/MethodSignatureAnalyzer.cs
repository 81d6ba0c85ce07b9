using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1030: A <c>[Sql]</c> method whose body cannot be written.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodSignatureAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.Signature)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1030",
        "A [Sql] method must be one whose body can be written",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1030"));
}
