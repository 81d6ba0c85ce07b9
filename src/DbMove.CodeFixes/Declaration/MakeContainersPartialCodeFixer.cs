using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1007 where types around the entity are not partial: adds <c>partial</c> to them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeContainersPartialCodeFixer))]
[Shared]
public sealed class MakeContainersPartialCodeFixer() : DeclarationCodeFixer("DBM1007")
{
    /// <inheritdoc/>
    private protected override void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer)
    {
        TypeDeclarationSyntax[] containers =
        [
            .. node.Ancestors().OfType<TypeDeclarationSyntax>().Where(static type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)),
        ];
        // Generic ones cannot be helped, and an entity that is too hidden is another thing.
        if (containers.Length > 0 && containers.All(static type => type.TypeParameterList is null))
        {
            offer("Make the types around the entity partial", editor =>
            {
                foreach (TypeDeclarationSyntax container in containers)
                {
                    editor.ReplaceNode(container, static (type, generator) => generator.WithModifiers(type, generator.GetModifiers(type).WithPartial(true)));
                }
            });
        }
    }
}
