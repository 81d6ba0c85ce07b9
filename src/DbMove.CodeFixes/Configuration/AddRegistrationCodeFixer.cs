using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.CodeFixes.Configuration;

/// <summary>Fixes DBM3001: adds the entity after another one, the call of which the diagnostic names as additional location.</summary>
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
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.AdditionalLocations is [{ SourceTree: { } tree } call]
                && context.Document.Project.Solution.GetDocument(tree) is { } document
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                && model?.GetDeclaredSymbol(declaration, context.CancellationToken) is { } entity)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellationToken => AddAsync(document, call, entity, cancellationToken), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> AddAsync(Document document, Location call, INamedTypeSymbol entity, CancellationToken cancellationToken)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        SemanticModel model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        if (root.FindNode(call.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } invocation)
        {
            return document;
        }

        // The new call stands as the one before it does: in a line of its own, or in the same.
        SyntaxToken dot = access.OperatorToken;
        string name = entity.ToMinimalDisplayString(model, invocation.SpanStart);
        InvocationExpressionSyntax added = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression,
                invocation.WithTrailingTrivia(dot.GetPreviousToken().TrailingTrivia),
                dot,
                SyntaxFactory.GenericName("AddEntity").AddTypeArgumentListArguments(SyntaxFactory.ParseTypeName(name))));
        return document.WithSyntaxRoot(root.ReplaceNode(invocation, added.WithTrailingTrivia(invocation.GetTrailingTrivia())));
    }
}
