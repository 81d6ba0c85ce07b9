using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.CodeFixes.Usage;

/// <summary>Fixes DBM2007: awaits the call, where the code around it is asynchronous already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitCodeFixer))]
[Shared]
public sealed class AwaitCodeFixer() : UsageCodeFixer("DBM2007")
{
    private const string Title = "Await the call";

    private protected override Replacement? Find(SyntaxNode node, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node is not InvocationExpressionSyntax call || !AsyncCode.CanAwait(call))
        {
            return null;
        }

        ExpressionSyntax task = AsyncCode.WithConfigured(call);
        return task.Parent switch
        {
            ExpressionStatementSyntax or AnonymousFunctionExpressionSyntax => new Replacement(Title, task, AsyncCode.Await(task)),
            AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment => new Replacement(Title, assignment, AsyncCode.Await(task)),
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local } } =>
                new Replacement(Title, local, SyntaxFactory.ExpressionStatement(AsyncCode.Await(task))),
            _ => null,
        };
    }
}
