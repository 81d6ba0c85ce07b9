using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1029: A comparison policy that does not fit its member.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComparisonAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidComparison)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1029",
        "A comparison policy must fit what its member is stored as",
        "'{0}.{1}' cannot be compared so: it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1029"));
}
