using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1027: A comparison policy that changes nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdlePolicyAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1027",
        "A comparison policy should change something",
        "The comparison policy of '{0}.{1}' changes nothing: {2}; take it off",
        Category.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1027"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        foreach (MemberShape member in shape.Members)
        {
            if (ComparisonRules.WhyIdle(member, shape.Key) is { } why)
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name, why));
            }
        }
    }
}
