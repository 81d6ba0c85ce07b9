using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1001: An entity that is not partial, for which nothing can be generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PartialEntityAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.NotPartial)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1001",
        "A migratable entity must be partial",
        "'{0}' is marked [Migratable] but is not partial; add 'partial', so that DbMove can generate its other half",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1001"));
}
