using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.CodeFixes.Usage;

/// <summary>A method with <c>[Sql]</c> that would do what a call of Dapper does.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Repository">The repository that it is for.</param>
/// <param name="Declaration">The method.</param>
/// <param name="Call">The call of it.</param>
internal sealed record SqlMethodDraft(string Name, RepositoryInScope Repository, MemberDeclarationSyntax Declaration, InvocationExpressionSyntax Call)
{
    private static readonly SymbolDisplayFormat s_types = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The draft; null: the text is not one write that is known as a whole, its parameters are not, or no repository is at hand.</summary>
    public static SqlMethodDraft? Of(IInvocationOperation call, Diagnostic diagnostic, SemanticModel model, CancellationToken cancellationToken)
    {
        if (call.TargetMethod.Name is not ("Execute" or "ExecuteAsync")
            || !DapperCall.IsPlain(call, diagnostic)
            || call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "sql")?.Value is not { ConstantValue: { HasValue: true, Value: string sql }, Syntax: ExpressionSyntax written }
            || MethodText.Read(sql) is not { IsWrite: true, HasReturning: false, Statement: { } statement } text
            || RepositoryInScope.Find(model, call.Syntax.SpanStart, entity => IsTableOf(entity, statement.Table?.Name.Text), cancellationToken) is not { Type.TypeKind: TypeKind.Class } repository)
        {
            return null;
        }

        List<string> parameters = [];
        List<ArgumentSyntax> arguments = [];
        foreach (string name in text.Parameters.Select(static parameter => parameter.Substring(1)))
        {
            if (DapperCall.Parameters(call) is not { } given
                || DapperCall.Member(given, name) is not { } value
                || model.GetTypeInfo(value, cancellationToken).Type is not { IsAnonymousType: false, TypeKind: not TypeKind.Error } type)
            {
                return null;
            }

            parameters.Add($"{type.ToDisplayString(s_types)} {NewSyntax.Name(name)}, ");
            arguments.Add(SyntaxFactory.Argument(value.WithoutTrivia()));
        }

        string method = FreeName(repository.Type, statement.Verb);
        string literal = written is LiteralExpressionSyntax ? written.WithoutTrivia().ToString() : SymbolDisplay.FormatLiteral(sql, quote: true);
        return new SqlMethodDraft(
            method,
            repository,
            NewSyntax.Member($"""
                [global::DbMove.Sql({literal})]
                public partial global::System.Threading.Tasks.Task<int> {method}({string.Concat(parameters)}global::DbMove.DualWriteTransaction? transaction = null, global::System.Threading.CancellationToken cancellationToken = default);
                """),
            SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, NewSyntax.Name(repository.Name), SyntaxFactory.IdentifierName(method)),
                SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList([.. arguments, .. DapperCall.Transaction(diagnostic)]))));
    }

    /// <summary>Whether the generator would write the method's body.</summary>
    public bool IsValidIn(SqlMethodHome home, Compilation compilation, CancellationToken cancellationToken)
    {
        if (!compilation.ContainsSyntaxTree(home.Anchor.SyntaxTree))
        {
            return false;
        }

        SyntaxAnnotation mark = new();
        SyntaxNode root = home.AddTo(Declaration.WithAdditionalAnnotations(mark));
        SyntaxTree tree = home.Anchor.SyntaxTree.WithRootAndOptions(root, home.Anchor.SyntaxTree.Options);
        MethodDeclarationSyntax added = tree.GetRoot(cancellationToken).GetAnnotatedNodes(mark).OfType<MethodDeclarationSyntax>().First();

        // The generator writes another half, and marks it otherwise, once there is one of the user's.
        IEnumerable<SyntaxTree> replaced = home.Begun is null ? [] : Repository.Type.DeclaringSyntaxReferences.Select(static reference => reference.SyntaxTree);
        return compilation.RemoveSyntaxTrees(replaced).ReplaceSyntaxTree(home.Anchor.SyntaxTree, tree).GetSemanticModel(tree).GetDeclaredSymbol(added, cancellationToken) is { } method
            && MethodShape.Inspect(method, cancellationToken) is { IsValid: true, CanHaveBody: true };
    }

    private static bool IsTableOf(ITypeSymbol entity, string? table) =>
        entity is INamedTypeSymbol named
        && (string.Equals(TableNames.Source(named).Name, table, StringComparison.OrdinalIgnoreCase) || string.Equals(TableNames.Target(named).Name, table, StringComparison.OrdinalIgnoreCase));

    /// <summary><c>UpdateOrderRowsAsync</c> and its like: people know a better name.</summary>
    private static string FreeName(INamedTypeSymbol repository, string verb)
    {
        string entity = repository.Name.EndsWith("Repository", StringComparison.Ordinal) ? repository.Name.Substring(0, repository.Name.Length - "Repository".Length) : "";
        string name = verb[0] + verb.Substring(1).ToLowerInvariant() + entity + "Rows";
        int number = 1;
        string free = name + "Async";
        while (!repository.GetMembers(free).IsEmpty)
        {
            free = name + ++number + "Async";
        }

        return free;
    }
}
