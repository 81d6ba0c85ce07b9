using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1013: An unusable <c>[UpdatedAt]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UpdatedAtMemberAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidCursor)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1013",
        "[UpdatedAt] must mark one member that a cursor can follow",
        "'{0}.{1}' is marked [UpdatedAt] but {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1013"));
}
