using System.Collections.Immutable;
using System.Composition;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.CodeFixes.Configuration;

/// <summary>Fixes DBM3001: adds the entity after another one, or after the calls on the builder: the diagnostic names the place as additional location.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddRegistrationCodeFixer))]
[Shared]
public sealed class AddRegistrationCodeFixer : CodeFixProvider
{
    private const string Title = "Add the entity to the migration";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["DBM3001"];

    /// <summary>None: several entities would be added at one place, which a batch cannot merge.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Compilation? compilation = await context.Document.Project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (compilation is not null
                && diagnostic.AdditionalLocations is [{ SourceTree: { } tree } place]
                && context.Document.Project.Solution.GetDocument(tree) is { } document
                && diagnostic.Properties.TryGetValue(FixHints.Entity, out string? id)
                && DocumentationCommentId.GetFirstSymbolForDeclarationId(id!, compilation) is INamedTypeSymbol entity)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellationToken => AddAsync(document, place, entity, cancellationToken), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> AddAsync(Document document, Location place, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(place.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax builder)
        {
            return document;
        }

        // The new call stands as the one before it does: in a line of its own, or in the same.
        bool hasCall = builder is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax };
        SyntaxToken dot = hasCall ? ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)builder).Expression).OperatorToken : SyntaxFactory.Token(SyntaxKind.DotToken);
        InvocationExpressionSyntax added = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression,
                hasCall ? builder.WithTrailingTrivia(dot.GetPreviousToken().TrailingTrivia) : builder.WithoutTrailingTrivia(),
                dot,
                SyntaxFactory.GenericName("AddEntity").AddTypeArgumentListArguments(SyntaxFactory.ParseTypeName(entity.ToMinimalDisplayString(model, builder.SpanStart)))));
        return document.WithSyntaxRoot(root.ReplaceNode(builder, added.WithTrailingTrivia(builder.GetTrailingTrivia())));
    }
}
