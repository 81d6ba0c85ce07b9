using DbMove.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>The texts that a field, a property or a method is declared with.</summary>
internal static class DeclaredText
{
    /// <summary>The expressions: an initializer, a body of one expression, or whatever a body returns. None where nothing says what it is.</summary>
    public static IEnumerable<ExpressionSyntax> Find(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Initializer.Value: { } expression } => [expression],
        PropertyDeclarationSyntax { ExpressionBody.Expression: { } expression } => [expression],
        PropertyDeclarationSyntax { Initializer.Value: { } expression } => [expression],
        PropertyDeclarationSyntax { AccessorList.Accessors: [{ ExpressionBody.Expression: { } expression }, ..] } => [expression],
        PropertyDeclarationSyntax { AccessorList.Accessors: [{ Body: { } body }, ..] } => Returned(body),
        MethodDeclarationSyntax { ExpressionBody.Expression: { } expression } => [expression],
        MethodDeclarationSyntax { Body: { } body } => Returned(body),
        LocalFunctionStatementSyntax { ExpressionBody.Expression: { } expression } => [expression],
        LocalFunctionStatementSyntax { Body: { } body } => Returned(body),
        _ => [],
    };

    /// <summary>What the syntax alone tells of a text.</summary>
    public static string Read(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        ParenthesizedExpressionSyntax parenthesized => Read(parenthesized.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Read(sum.Left) + Read(sum.Right),
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(static part =>
            part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : SqlTokenizer.Hole.ToString())),
        _ => SqlTokenizer.Hole.ToString(),
    };

    private static IEnumerable<ExpressionSyntax> Returned(BlockSyntax body) =>
        body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>()
            .Select(static statement => statement.Expression)
            .OfType<ExpressionSyntax>();
}
