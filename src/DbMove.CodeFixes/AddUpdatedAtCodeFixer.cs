using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace DbMove.CodeFixes;

/// <summary>Fixes DBM1016: marks the member that sounds like the time of the last change, or adds one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddUpdatedAtCodeFixer))]
[Shared]
public sealed class AddUpdatedAtCodeFixer() : DeclarationCodeFixer("DBM1016")
{
    private static readonly string[] s_words = ["Updated", "Modified", "Changed"];
    private static readonly string[] s_types = ["DateTime", "DateTimeOffset", "System.DateTime", "System.DateTimeOffset"];

    /// <inheritdoc/>
    private protected override void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return;
        }

        PropertyDeclarationSyntax[] members = [.. type.Members.OfType<PropertyDeclarationSyntax>().Where(IsLikeCursor)];
        foreach (PropertyDeclarationSyntax member in members)
        {
            offer($"Mark '{member.Identifier.ValueText}' with [UpdatedAt]", editor => editor.ReplaceNode(member, member.WithAttribute(NewSyntax.UpdatedAt, member.SyntaxTree.GetText())));
        }

        if (members.Length == 0 && type.OpenBraceToken.IsKind(SyntaxKind.OpenBraceToken) && !type.OpenBraceToken.IsMissing)
        {
            offer("Add an [UpdatedAt] member", editor => editor.AddMember(
                type, NewSyntax.Member($"[{NewSyntax.UpdatedAt}] public System.DateTimeOffset UpdatedAt {{ get; set; }}")));
        }
    }

    private static bool IsLikeCursor(PropertyDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword)
        && member.AccessorList?.Accessors.Count > 1
        && s_types.Contains(member.Type.ToString())
        && s_words.Any(word => member.Identifier.ValueText.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}
