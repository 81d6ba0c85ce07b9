using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1016: An entity without <c>[UpdatedAt]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingCursorAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1016",
        "An entity should have an [UpdatedAt] member",
        "'{0}' has no [UpdatedAt] member, so incremental validation cannot find what others write past DbMove; mark the member that says when the row was changed",
        Category.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1016"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        if (!shape.Members.Any(static member => member.IsUpdatedAt))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, EntityShape.LocationOf(shape.Type, context.CancellationToken), shape.Type.Name));
        }
    }
}
