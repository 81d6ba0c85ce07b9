using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1010: A key with a member that cannot be in it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeyMemberAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidKey)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1010",
        "A key must have members that both sides order alike",
        "'{0}.{1}' cannot be in the key: it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1010"));
}
