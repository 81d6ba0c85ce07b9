using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.CodeFixes.Usage;

/// <summary>
/// Fixes DBM2002 where the statement writes one row whole, as a method of the repository does, nobody reads its result, and a repository
/// is at hand. Not out of a transaction; the open one of DbMove is passed. The rule says which method, in the diagnostic's properties.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UseRepositoryCodeFixer))]
[Shared]
public sealed class UseRepositoryCodeFixer() : UsageCodeFixer("DBM2002")
{
    private protected override Replacement? Find(SyntaxNode node, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue("Method", out string? method)
            || node.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is not InvocationExpressionSyntax call
            || model.GetOperation(call, cancellationToken) is not IInvocationOperation { TargetMethod.Name: "Execute" or "ExecuteAsync" } execution
            || !DapperCall.IsPlain(execution, diagnostic)
            || DapperCall.Parameters(execution) is not { } parameters
            || RepositoryInScope.Find(model, call.SpanStart, entity => entity.ToDisplayString() == diagnostic.Properties["Entity"], cancellationToken) is not { } repository)
        {
            return null;
        }

        ExpressionSyntax task = AsyncCode.WithConfigured(call);
        ExpressionSyntax whole = task.Parent as AwaitExpressionSyntax ?? task;
        ExpressionSyntax? argument = diagnostic.Properties.TryGetValue("Key", out string? key)
            ? DapperCall.Member(parameters, key!)
            : SymbolEqualityComparer.Default.Equals(parameters.Type, repository.Entity) ? (ExpressionSyntax)parameters.Syntax : null;
        if (argument is null
            || whole.Parent is not ExpressionStatementSyntax
            || !AsyncCode.CanAwait(call)
            || (key is not null && !model.ClassifyConversion(argument, repository.Key).IsImplicit))
        {
            return null;
        }

        InvocationExpressionSyntax write = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, NewSyntax.Name(repository.Name), SyntaxFactory.IdentifierName(method!)),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList([SyntaxFactory.Argument(argument.WithoutTrivia()), .. DapperCall.Transaction(diagnostic)])));
        ExpressionSyntax configured = task == call ? write : task.ReplaceNode(call, write);
        return new Replacement($"Write it by '{repository.Name}.{method}'", whole, AsyncCode.Await(configured));
    }
}
