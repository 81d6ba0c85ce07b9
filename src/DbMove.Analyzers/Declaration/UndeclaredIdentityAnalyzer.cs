using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1017: A key of one integer that does not say who numbers the rows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndeclaredIdentityAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1017",
        "An integer key should say who numbers the rows",
        "'{0}.{1}' does not say who numbers the rows, and DbMove takes it that the application does; mark it [DatabaseGenerated(DatabaseGeneratedOption.Identity)], or None",
        Category.Declaration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1017"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        if (shape.Key is [{ } member]
            && member.Storage is { Enum: null }
            && member.Type is ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64 or ColumnType.UInt16 or ColumnType.UInt32 or ColumnType.UInt64
            && !member.Property.HasAttribute(AttributeNames.DatabaseGenerated))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name));
        }
    }
}
