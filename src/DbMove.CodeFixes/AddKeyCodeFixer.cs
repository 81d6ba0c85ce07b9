using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace DbMove.CodeFixes;

/// <summary>Fixes DBM1002: marks a member that sounds like a key, or adds one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddKeyCodeFixer))]
[Shared]
public sealed class AddKeyCodeFixer() : DeclarationCodeFixer("DBM1002")
{
    private static readonly string[] s_endings = ["Id", "ID", "Number", "No", "Code", "Key", "Guid", "Uuid"];
    private static readonly string[] s_types = ["int", "long", "short", "uint", "ulong", "string", "Guid", "System.Guid"];

    /// <inheritdoc/>
    private protected override void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return;
        }

        foreach (PropertyDeclarationSyntax member in type.Members.OfType<PropertyDeclarationSyntax>().Where(IsLikeKey))
        {
            offer($"Make '{member.Identifier.ValueText}' the key", editor => editor.ReplaceNode(member, member.WithAttribute(NewSyntax.Key, member.SyntaxTree.GetText())));
        }

        if (type.OpenBraceToken.IsKind(SyntaxKind.OpenBraceToken) && !type.OpenBraceToken.IsMissing)
        {
            offer("Add a key 'Id'", editor => editor.InsertMembers(type, 0, [NewSyntax.Member("public long Id { get; init; }")]));
        }
    }

    private static bool IsLikeKey(PropertyDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !member.Modifiers.Any(SyntaxKind.StaticKeyword)
        && member.AccessorList?.Accessors.Count > 1
        && s_types.Contains(member.Type.ToString())
        && s_endings.Any(ending => member.Identifier.ValueText.EndsWith(ending, StringComparison.Ordinal));
}
