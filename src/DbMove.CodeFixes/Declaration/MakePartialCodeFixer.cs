using System.Collections.Immutable;
using System.Composition;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Fixes DBM1001 and DBM1014: adds <c>partial</c> to the entity, or to its repository.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFixer))]
[Shared]
public sealed class MakePartialCodeFixer : CodeFixProvider
{
    private const string Repository = "DBM1014";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["DBM1001", Repository];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            // A repository may be none for other reasons as well.
            bool isRepository = diagnostic.Id == Repository;
            if ((!isRepository || diagnostic.Properties.ContainsKey(FixHints.IsNotPartial))
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration)
            {
                string title = isRepository ? "Make the repository partial" : "Make the entity partial";
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellationToken => MakePartialAsync(context.Document, declaration, cancellationToken), equivalenceKey: title),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> MakePartialAsync(Document document, TypeDeclarationSyntax declaration, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        editor.ReplaceNode(declaration, static (node, generator) =>
            generator.WithModifiers(node, generator.GetModifiers(node).WithPartial(true)));
        return editor.GetChangedDocument();
    }
}
