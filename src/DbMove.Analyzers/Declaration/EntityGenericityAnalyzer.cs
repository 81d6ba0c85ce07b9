using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1006: A generic or file-local entity.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityGenericityAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.GenericOrFileLocal)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1006",
        "A migratable entity must not be generic or file-local",
        "'{0}' is {2}, so no generated type can name it; declare an ordinary type for each table",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1006"));
}
