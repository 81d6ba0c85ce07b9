using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1028: An entity of which nothing but the key is compared.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComparedColumnAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1028",
        "An entity should have a column that is compared",
        "Every column of '{0}' but its key has [NotCompared], so the validation finds both sides equal whatever they hold; take it off the columns that matter",
        Category.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1028"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        MemberShape[] comparable = [.. shape.Members.Where(member => !shape.Key.Contains(member) && !member.IsSourceOnly && !member.IsTargetOnly)];
        if (comparable.Length > 0 && comparable.All(static member => member.Comparison is { Kind: ComparisonKind.None }))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, EntityShape.LocationOf(shape.Type, context.CancellationToken), shape.Type.Name));
        }
    }
}
