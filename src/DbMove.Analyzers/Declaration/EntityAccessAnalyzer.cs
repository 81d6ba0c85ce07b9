using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1005: A member that cannot be read or set, or an entity that cannot be made.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityAccessAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.Inaccessible)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1005",
        "A mapped member must be readable and settable, and the entity constructible",
        "'{0}.{1}' {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1005"));
}
