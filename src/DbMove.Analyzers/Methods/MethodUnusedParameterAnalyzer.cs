using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1035: A parameter of a <c>[Sql]</c> method that a text does not use.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodUnusedParameterAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.UnusedParameter)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1035",
        "A parameter of a [Sql] method must be used by its text",
        "The parameter '{1}' of '{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1035"));
}
