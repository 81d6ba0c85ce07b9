using DbMove.Analyzers.Declaration;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Configuration;

/// <summary>DBM3002: A language version that cannot compile what is generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LanguageVersionAnalyzer() : EntityShapeAnalyzer(s_rule, ProblemKind.LanguageTooOld)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM3002",
        "A project with migratable entities must be C# 13 or newer",
        "Nothing can be generated for '{0}': the project is C# {2}, and generated code needs C# 13; take LangVersion out of the project, which makes it C# 14",
        Category.Configuration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM3002"));
}
