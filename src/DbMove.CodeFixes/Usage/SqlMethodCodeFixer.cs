using System.Collections.Immutable;
using System.Composition;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Simplification;

namespace DbMove.CodeFixes.Usage;

/// <summary>
/// Fixes DBM2002 by a method with <c>[Sql]</c>: the text moves to the repository that is at hand, its parameters become the method's.
/// Offered only where that method has no problem, by the same rules as the generator's.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SqlMethodCodeFixer))]
[Shared]
public sealed class SqlMethodCodeFixer : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["DBM2002"];

    /// <summary>None: several methods would be added at one place, which a batch cannot merge.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is InvocationExpressionSyntax call
                && model?.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
                && Awaited(call) is { } whole
                && SqlMethodDraft.Of(operation, diagnostic, model, context.CancellationToken) is { } draft
                && SqlMethodHome.Find(draft.Repository, context.Document.Project.Solution, context.CancellationToken) is { } home
                && draft.IsValidIn(home, model.Compilation, context.CancellationToken))
            {
                string title = $"Write it by a method '{draft.Name}' of '{draft.Repository.Type.Name}'";
                context.RegisterCodeFix(
                    CodeAction.Create(title, cancellationToken => MoveAsync(context.Document, call, whole, draft, home, cancellationToken), equivalenceKey: nameof(SqlMethodCodeFixer)),
                    diagnostic);
            }
        }
    }

    /// <summary>The call as it is awaited, or shall be: nothing reads the result of one that is not.</summary>
    private static ExpressionSyntax? Awaited(InvocationExpressionSyntax call)
    {
        ExpressionSyntax task = AsyncCode.WithConfigured(call);
        return task.Parent as AwaitExpressionSyntax ?? (task.Parent is ExpressionStatementSyntax && AsyncCode.CanAwait(call) ? task : null);
    }

    private static async Task<Solution> MoveAsync(
        Document document, InvocationExpressionSyntax call, ExpressionSyntax whole, SqlMethodDraft draft, SqlMethodHome home, CancellationToken cancellationToken)
    {
        SolutionEditor editor = new(document.Project.Solution);
        DocumentEditor there = await editor.GetDocumentEditorAsync(home.Document.Id, cancellationToken).ConfigureAwait(false);
        home.Add(there, draft.Declaration);
        DocumentEditor here = await editor.GetDocumentEditorAsync(document.Id, cancellationToken).ConfigureAwait(false);
        ExpressionSyntax task = AsyncCode.WithConfigured(call);
        ExpressionSyntax moved = task == call ? draft.Call : task.ReplaceNode(call, draft.Call);
        here.ReplaceNode(whole, AsyncCode.Await(moved).WithTriviaFrom(whole));
        Solution changed = editor.GetChangedSolution();
        Document imported = await ImportAdder.AddImportsAsync(changed.GetDocument(home.Document.Id)!, Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        return imported.Project.Solution;
    }
}
