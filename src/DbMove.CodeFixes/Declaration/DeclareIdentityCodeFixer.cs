using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1017: says who numbers the rows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareIdentityCodeFixer))]
[Shared]
public sealed class DeclareIdentityCodeFixer() : DeclarationCodeFixer("DBM1017")
{
    /// <inheritdoc/>
    private protected override void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer)
    {
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } member)
        {
            offer("The database numbers the rows", editor => editor.ReplaceNode(member, member.WithAttribute(NewSyntax.GeneratedByDatabase, member.SyntaxTree.GetText())));
            offer("The application numbers the rows", editor => editor.ReplaceNode(member, member.WithAttribute(NewSyntax.GeneratedByNobody, member.SyntaxTree.GetText())));
        }
    }
}
