using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1015: makes the key's setter <c>init</c>, where no code sets it later.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeKeyInitCodeFixer))]
[Shared]
public sealed class MakeKeyInitCodeFixer() : DeclarationCodeFixer("DBM1015")
{
    /// <inheritdoc/>
    private protected override void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer)
    {
        // Not one of two halves, of which the other would say otherwise then.
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { } property
            && !property.Modifiers.Any(SyntaxKind.PartialKeyword)
            && property.AccessorList?.Accessors.FirstOrDefault(static accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration)) is { } setter)
        {
            offer("Make the key init-only", editor => editor.ReplaceNode(
                setter,
                SyntaxFactory.AccessorDeclaration(
                    SyntaxKind.InitAccessorDeclaration,
                    setter.AttributeLists,
                    setter.Modifiers,
                    SyntaxFactory.Token(SyntaxKind.InitKeyword).WithTriviaFrom(setter.Keyword),
                    setter.Body,
                    setter.ExpressionBody,
                    setter.SemicolonToken)));
        }
    }

    /// <inheritdoc/>
    private protected override async Task<bool> IsSafeAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } property || model?.GetDeclaredSymbol(property, cancellationToken) is not { } symbol)
        {
            return false;
        }

        foreach (ReferencedSymbol referenced in await SymbolFinder.FindReferencesAsync(symbol, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (ReferenceLocation reference in referenced.Locations)
            {
                // What is generated is generated anew.
                if (reference.Document is not SourceGeneratedDocument
                    && await reference.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is { } root
                    && KeyWrites.IsLate(root.FindNode(reference.Location.SourceSpan, getInnermostNodeForTie: true)))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
