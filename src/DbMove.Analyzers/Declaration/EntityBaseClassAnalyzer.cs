using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1008: An entity with a base class, whose members would be lost.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityBaseClassAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.BaseClass)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1008",
        "A migratable entity must not have a base class",
        "'{0}' derives from '{2}', whose members would not be copied; declare the members in '{0}' itself",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1008"));
}
