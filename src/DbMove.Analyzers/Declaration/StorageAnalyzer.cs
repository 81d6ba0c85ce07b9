using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1024: A member that cannot be stored as its attributes ask for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StorageAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.InvalidStorage)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1024",
        "A member must be one that can be stored as its attributes say",
        "'{0}.{1}' cannot be stored: it {2}",
        Category.Declaration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1024"));
}
