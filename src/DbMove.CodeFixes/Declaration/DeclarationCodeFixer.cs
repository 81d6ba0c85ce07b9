using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace DbMove.CodeFixes.Declaration;

/// <summary>A fix within the file in which a declaration is reported.</summary>
public abstract class DeclarationCodeFixer : CodeFixProvider
{
    private protected DeclarationCodeFixer(string id) => FixableDiagnosticIds = [id];

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is { } node && await IsSafeAsync(context.Document, node, context.CancellationToken).ConfigureAwait(false))
            {
                Offer(node, (title, change) => context.RegisterCodeFix(
                    CodeAction.Create(title, cancellationToken => ApplyAsync(context.Document, change, cancellationToken), equivalenceKey: title),
                    diagnostic));
            }
        }
    }

    /// <summary>Offers what can be done about the node that is reported: each a title and a change.</summary>
    private protected abstract void Offer(SyntaxNode node, Action<string, Action<DocumentEditor>> offer);

    /// <summary>Whether other code still compiles after the change. Asked before anything is offered.</summary>
    private protected virtual Task<bool> IsSafeAsync(Document document, SyntaxNode node, CancellationToken cancellationToken) => Task.FromResult(true);

    private static async Task<Document> ApplyAsync(Document document, Action<DocumentEditor> change, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        change(editor);
        return await ImportAdder.AddImportsAsync(editor.GetChangedDocument(), Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
