using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.CodeFixes.Declaration;

/// <summary>Where code sets a property: some of it may set one that is <c>init</c>.</summary>
internal static class KeyWrites
{
    /// <summary>Whether the name of a property stands where it is set, and not while its object is made.</summary>
    public static bool IsLate(SyntaxNode name)
    {
        SyntaxNode written = name;
        while (written.Parent is MemberAccessExpressionSyntax { Name: { } member } access && member == written
            || written.Parent is MemberBindingExpressionSyntax
            || written.Parent is ParenthesizedExpressionSyntax
            || written.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
        {
            written = written.Parent;
        }

        return IsWritten(written) && !IsInNewObject(written) && !IsInConstructor(name, written);
    }

    private static bool IsWritten(SyntaxNode expression) => expression.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == expression,
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression) || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax => true,
        // One of several that are set at once.
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsWritten(tuple),
        _ => false,
    };

    /// <summary>In an initializer of a new object or of a copy; one within it, of an object that is there already, is none.</summary>
    private static bool IsInNewObject(SyntaxNode expression) =>
        expression is IdentifierNameSyntax
        && expression.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax or WithExpressionSyntax } };

    /// <summary>In a constructor, or in another <c>init</c>, of the object itself.</summary>
    private static bool IsInConstructor(SyntaxNode name, SyntaxNode written) =>
        (written == name || written is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax })
        && name.Ancestors().FirstOrDefault(static node =>
            node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            is ConstructorDeclarationSyntax or AccessorDeclarationSyntax { RawKind: (int)SyntaxKind.InitAccessorDeclaration };
}
