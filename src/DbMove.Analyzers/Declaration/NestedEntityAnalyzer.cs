using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1007: An entity inside another type.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedEntityAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.Nested)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1007",
        "A migratable entity must not be nested",
        "'{0}' is nested in '{2}', which is not supported; move it out of '{2}'",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1007"));
}
