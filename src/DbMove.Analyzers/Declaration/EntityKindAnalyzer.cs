using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1009: An entity that is static, abstract or a ref struct.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityKindAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.UnsupportedKind)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1009",
        "A migratable entity must be a class, record or struct that can be made",
        "'{0}' is {2}, of which no row can be made; use a class, a record or a struct",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1009"));
}
