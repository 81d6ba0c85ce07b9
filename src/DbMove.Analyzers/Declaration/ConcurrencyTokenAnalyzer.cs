using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1025: A concurrency token that cannot be compared or counted.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConcurrencyTokenAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidToken)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1025",
        "A concurrency token must be a column of both sides, and a [Timestamp] a number",
        "'{0}.{1}' cannot be a concurrency token: it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1025"));
}
