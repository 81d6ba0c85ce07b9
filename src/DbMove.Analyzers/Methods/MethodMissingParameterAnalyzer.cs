using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1034: A parameter of a <c>[Sql]</c> text that the method does not have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodMissingParameterAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.MissingParameter)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1034",
        "A parameter of a [Sql] text must be one of the method",
        "'{0}' has no parameter for '{1}': {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1034"));
}
