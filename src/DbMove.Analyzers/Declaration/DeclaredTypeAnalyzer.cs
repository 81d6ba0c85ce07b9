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
        foreach (MemberShape member in shape.Members)
        {
            Declaration? source = Declaration.Find(member, AttributeNames.Column, member.Storage);
            Declaration? target = Declaration.Find(member, AttributeNames.TargetColumn, member.TargetStorage ?? member.Storage);
            // Two forms of one value: their lengths and digits say nothing about each other.
            bool areAlike = member.TargetStorage is null;
            bool isKey = shape.Key.Contains(member);
            Report(source, "source", source?.FindWeakness(areAlike ? target : null, isKey));
            Report(target, "target", target?.FindWeakness(areAlike ? source : null, isKey)
                ?? (areAlike && source is not null && target is not null && DeclaredTypes.FindLoss(source.Type, target.Type) is { } loss ? $"{loss} than '{source.Text}' on the source" : null));

            void Report(Declaration? declaration, string side, string? weakness)
            {
                if (weakness is not null)
                {
                    context.ReportDiagnostic(Diagnostic.Create(s_rule, member.Location, shape.Type.Name, member.Name, declaration!.Text, side, weakness));
                }
            }
        }
    }

    /// <summary>What is declared of a member's column on one side.</summary>
    private sealed record Declaration(string Text, DeclaredType Type, StorageShape Storage)
    {
        public static Declaration? Find(MemberShape member, string attribute, StorageShape? storage) =>
            storage is { Element: null } && member.Property.FindAttribute(attribute).Text("TypeName") is { } text
                ? new Declaration(text, DeclaredType.Parse(text), storage)
                : null;

        // What an enum needs is the room for its members, which a small integer has; its order in a key is another thing.
        public string? FindWeakness(Declaration? other, bool isKey) =>
            Storage is not { Enum: not null, IsText: false } ? DeclaredTypes.FindWeakness(Type, other?.Type, Storage.Type, isKey)
            : isKey ? DeclaredTypes.FindOtherOrder(Type, Storage.Type)
            : null;
    }
}
