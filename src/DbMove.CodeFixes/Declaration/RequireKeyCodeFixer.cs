using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1019: says that the key member is never null.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequireKeyCodeFixer))]
[Shared]
public sealed class RequireKeyCodeFixer() : DeclarationCodeFixer("DBM1019")
{
    /// <inheritdoc/>
    private protected override void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer)
    {
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } member)
        {
            offer("Mark the key member [Required]", editor => editor.ReplaceNode(member, member.WithAttribute(NewSyntax.Required, member.SyntaxTree.GetText())));
        }
    }
}
