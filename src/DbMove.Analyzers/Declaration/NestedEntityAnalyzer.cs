using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1007: An entity inside a type in which nothing can be generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedEntityAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.Nested)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1007",
        "A nested migratable entity must be in partial types that the assembly sees",
        "'{0}' cannot be nested in '{1}': {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1007"));
}
