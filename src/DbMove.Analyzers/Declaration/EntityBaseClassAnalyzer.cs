using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1008: An entity that derives from another entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityBaseClassAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.BaseClass)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1008",
        "A migratable entity must not derive from another one",
        "'{0}' derives from '{2}', which is an entity itself, and hierarchies in one table are not supported; take [Migratable] off one of them, or derive both from a class without it",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1008"));
}
