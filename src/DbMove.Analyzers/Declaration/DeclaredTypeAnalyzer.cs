using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DbMove.Analyzers.Declaration;

/// <summary>DBM1018: A column declared as a type that holds less than its member, or that orders a key otherwise.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeclaredTypeAnalyzer() : EntityAdviceAnalyzer(s_rule)
{
    private static readonly DiagnosticDescriptor s_rule = new(
        "DBM1018",
        "A column's declared type should hold every value of its member",
        "'{0}.{1}' is declared as '{2}' on the {3}, which {4}; declare a type that keeps the value, or change the member's",
        Category.Declaration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink.For("DBM1018"));

    /// <inheritdoc/>
    private protected override void Advise(SymbolAnalysisContext context, EntityShape shape)
    {
        // What an enum needs is the room for its members, which a small integer has.
        foreach (MemberShape member in shape.Members)
        {
            Check(AttributeNames.Column, "source", member.Storage);
            Check(AttributeNames.TargetColumn, "target", member.TargetStorage ?? member.Storage);

            void Check(string attribute, string side, StorageShape? storage)
            {
                if (storage is { Element: null } and not { Enum: not null, IsText: false }
                    && member.Property.FindAttribute(attribute).Text("TypeName") is { } declared
                    && DeclaredTypes.FindWeakness(declared, storage.Type, shape.Key.Contains(member)) is { } weakness)
                {
                    context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name, declared, side, weakness));
                }
            }
        }
    }
}
