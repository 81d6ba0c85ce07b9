using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Methods;

/// <summary>DBM1031: A <c>[Sql]</c> text that is no query and no write of the entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MethodTextAnalyzer() : SqlMethodAnalyzer(s_rule, MethodProblemKind.Text)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1031",
        "The text of a [Sql] method must be one query or one write of the entity",
        "'{0}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1031"));
}
