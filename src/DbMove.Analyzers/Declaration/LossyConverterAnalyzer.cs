using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1022: A converter that stores less than the member holds.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossyConverterAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1022",
        "A converter should keep every value of its member",
        "'{0}.{1}' is stored through '{2}', which {3}: the first write of a row by its repository loses that on {4}; store a type, and a form, that keeps the value",
        Category.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1022"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        foreach (MemberShape member in shape.Members)
        {
            string source = member.IsTargetOnly ? "the target" : member.IsSourceOnly || member.TargetStorage is not null ? "the source" : "both sides";
            Check(member, member.Storage, source);
            Check(member, member.TargetStorage, "the target");
        }

        void Check(MemberShape member, StorageShape? storage, string side)
        {
            if (storage is { Converter: { } converter }
                && (Conversions.FindLoss(member.BareType.TypeKind == TypeKind.Enum ? null : ColumnTypeResolution.Resolve(member.BareType), storage.Type)
                    ?? Conversions.FindLoss(converter, member.BareType, storage.Type, context.CancellationToken)) is { } loss)
            {
                context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name, converter.Name, loss, side));
            }
        }
    }
}
