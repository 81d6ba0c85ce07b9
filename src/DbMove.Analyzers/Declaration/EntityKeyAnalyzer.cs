using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1002: An entity without key.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntityKeyAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.NoKey)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1002",
        "A migratable entity must have a key",
        "'{0}' has no key, so its rows cannot be told apart; mark a member with [Key], or name one 'Id' or '{0}Id'",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1002"));
}
