using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1004: Two members with one column.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DuplicateColumnAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.DuplicateColumn)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1004",
        "A column must be mapped once on each side",
        "'{0}.{1}' maps to the column {2}; name another column with [Column] or [TargetColumn], or mark the member [NotMapped]",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1004"));
}
