using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1037: A <c>[Sql]</c> method whose result its text does not give.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodResultAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.Result)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1037",
        "The result of a [Sql] method must be what its text returns",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1037"));
}
