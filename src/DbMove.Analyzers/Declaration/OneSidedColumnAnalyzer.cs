using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1023: A column of one side that both sides need.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OneSidedColumnAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidSide)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1023",
        "A column of one side must be one that the other side can do without",
        "'{0}.{1}' cannot be on one side alone: it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1023"));
}
