using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1019: A key member of which nothing says that it is never null.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullableKeyAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1019",
        "A key member should say that it is never null",
        "'{0}.{1}' is in the key, and nothing says that it is never null; mark it [Required], or turn nullable annotations on",
        Category.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1019"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        foreach (MemberShape member in shape.Key)
        {
            // Only where annotations are off: a member that is declared nullable is DBM1010.
            if (member.IsNullable)
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name));
            }
        }
    }
}
