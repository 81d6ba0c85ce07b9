using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1036: A parameter of a <c>[Sql]</c> method that is of another type than the column that it meets.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodParameterTypeAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.ParameterType)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1036",
        "A parameter of a [Sql] method must have the type of the column that it meets",
        "The parameter '{1}' of '{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1036"));
}
