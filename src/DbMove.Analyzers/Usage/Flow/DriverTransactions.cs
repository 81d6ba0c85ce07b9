using DbMove.Analyzers.Usage.Sinks;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>
/// Tells whether the connection of a call may be in a transaction of its driver, of EF Core or of a <c>TransactionScope</c>. Npgsql runs a
/// command in it without being given it, so a write that moves to a repository would leave it. In doubt it is.
/// </summary>
internal static class DriverTransactions
{
    private static readonly string[] s_beginnings = ["BEGIN", "START TRANSACTION", "SAVEPOINT"];

    /// <summary>Whether something within reach of the call is such a transaction, or the member that it stands in begins one anywhere.</summary>
    public static bool MayBeOpen(IOperation call, IEnumerable<IOperation> connections)
    {
        SemanticModel model = call.SemanticModel!;
        return model.LookupSymbols(call.Syntax.SpanStart).Any(static symbol => IsTransaction(TypeOf(symbol)))
            || Whole(call.Syntax).DescendantNodes().OfType<ExpressionSyntax>().Any(expression => Tells(expression, model))
            || connections.Any(static connection => OwnersOf(connection).Any(Holds));
    }

    private static SyntaxNode Whole(SyntaxNode call)
    {
        MemberDeclarationSyntax? member = call.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is GlobalStatementSyntax ? member.Parent! : member ?? call;
    }

    private static bool Tells(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && Begins(literal.Token.ValueText),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetDbConnection" } } => true,
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or SimpleNameSyntax => IsTransaction(model.GetTypeInfo(expression).Type),
        _ => false,
    };

    private static bool Begins(string text)
    {
        string trimmed = text.TrimStart();
        return s_beginnings.Any(beginning => trimmed.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && !trimmed.Skip(beginning.Length).Take(1).Any(char.IsLetterOrDigit));
    }

    /// <summary>The types of the objects that a connection is taken from: a unit of work, a context.</summary>
    private static IEnumerable<INamedTypeSymbol> OwnersOf(IOperation connection)
    {
        for (IOperation? owner = LocalFlow.Resolve(connection); owner is not null;)
        {
            owner = owner switch { IMemberReferenceOperation member => member.Instance, IInvocationOperation call => call.Instance, _ => null };
            if (owner?.Type is INamedTypeSymbol type && owner is not IInstanceReferenceOperation)
            {
                yield return type;
            }
        }
    }

    private static bool Holds(INamedTypeSymbol owner) =>
        new[] { owner }.Concat(owner.AllInterfaces).Concat(owner.WithBaseTypes()).SelectMany(static part => part.GetMembers()).Any(static member =>
            IsTransaction(TypeOf(member)) || (member is IMethodSymbol && (member.Name.StartsWith("Begin", StringComparison.Ordinal) || member.Name.Contains("Transaction"))));

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool IsTransaction(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { TypeArguments: [{ } result] } task when RepositoryCalls.IsTask(task) => IsTransaction(result),
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsTransaction),
        _ => type.Implements("System.Data.IDbTransaction")
            || type.Implements("Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction")
            || type.DerivesFrom("System.Transactions.Transaction")
            || type.DerivesFrom("System.Transactions.TransactionScope"),
    };
}
