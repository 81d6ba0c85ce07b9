using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1026: A comparer of the user that cannot compare its member.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComparerAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidComparer)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1026",
        "A comparer must be one for the type of its member",
        "'{0}.{1}' cannot be compared: it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1026"));
}
