using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DbMove.Analyzers.Usage.Flow;

/// <summary>What a collection is made of, where it is made beside its use: of which element one gets, nothing tells.</summary>
internal static class Elements
{
    /// <summary>The elements; empty where they are not known.</summary>
    public static IEnumerable<IOperation> Of(IOperation collection) => LocalFlow.Resolve(collection) switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation { Elements: { } elements } => elements,
        IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.OfType<IInvocationOperation>().Where(static add => add.Arguments.Length == 1).Select(static add => add.Arguments[0].Value),
        IFieldReferenceOperation field => Declared(field.Field, collection),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => Declared(property.Property, collection),
        _ => [],
    };

    /// <summary>The collection that a variable of a <c>foreach</c> goes through; null: it is none.</summary>
    public static IOperation? LoopedOver(ILocalReferenceOperation local) =>
        local.Local.DeclaringSyntaxReferences is [{ } declaration] && declaration.GetSyntax() is ForEachStatementSyntax loop && declaration.SyntaxTree == local.SemanticModel?.SyntaxTree
            ? local.SemanticModel.GetOperation(loop.Expression)
            : null;

    private static IEnumerable<IOperation> Declared(ISymbol symbol, IOperation reference) =>
        symbol.DeclaringSyntaxReferences is [{ } declaration]
        && reference.SemanticModel is { } model
        && model.SyntaxTree == declaration.SyntaxTree
        && DeclaredText.Find(declaration.GetSyntax()).FirstOrDefault() is { } expression
        && model.GetOperation(expression) is { } value
        && LocalFlow.Unwrap(value) is var made and not (IFieldReferenceOperation or IPropertyReferenceOperation)
            ? Of(made)
            : [];
}
