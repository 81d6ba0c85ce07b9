using DbMove.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>The text that a field, a property or a method of one expression is declared with.</summary>
internal static class DeclaredText
{
    /// <summary>The expression; null where none alone says what it is.</summary>
    public static ExpressionSyntax? Find(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax variable => variable.Initializer?.Value,
        PropertyDeclarationSyntax { ExpressionBody.Expression: { } expression } => expression,
        PropertyDeclarationSyntax { Initializer.Value: { } expression } => expression,
        PropertyDeclarationSyntax { AccessorList.Accessors: [{ ExpressionBody.Expression: { } expression }, ..] } => expression,
        PropertyDeclarationSyntax { AccessorList.Accessors: [{ Body.Statements: [ReturnStatementSyntax { Expression: { } expression }] }, ..] } => expression,
        MethodDeclarationSyntax { ExpressionBody.Expression: { } expression } => expression,
        MethodDeclarationSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } expression }] } => expression,
        LocalFunctionStatementSyntax { ExpressionBody.Expression: { } expression } => expression,
        _ => null,
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
}
