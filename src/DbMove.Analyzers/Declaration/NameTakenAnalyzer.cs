using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1012: A type with the name of a generated one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NameTakenAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.NameTaken)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1012",
        "The names of the generated types must be free",
        "DbMove generates '{1}' for '{0}', but {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1012"));
}
