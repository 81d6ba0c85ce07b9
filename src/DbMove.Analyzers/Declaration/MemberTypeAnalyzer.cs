using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1003: A member whose type no column holds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MemberTypeAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.UnsupportedType)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1003",
        "A mapped member must have a supported type",
        "'{0}.{1}' has the type '{2}', which DbMove cannot bind; use a supported type, store it with [Convert<TConverter>] or [Json<TContext>], or mark the member [NotMapped]",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1003"));
}
