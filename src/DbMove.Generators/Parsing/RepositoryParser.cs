using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DbMove.Generators.Parsing;

/// <summary>Turns the user's half of a repository into a model.</summary>
internal static class RepositoryParser
{
    /// <summary>The class that is beside the entity and named after it; null when there is none.</summary>
    public static RepositoryModel? ParseBeside(INamedTypeSymbol entity, CancellationToken cancellationToken) =>
        RepositoryShape.Beside(entity, cancellationToken) is { } shape ? ToModel(shape, entity, cancellationToken) : null;

    /// <summary>The class that says <c>[Repository&lt;TEntity&gt;]</c>.</summary>
    public static RepositoryModel? ParseAttributed(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol is INamedTypeSymbol type && RepositoryShape.Attributed(type, cancellationToken) is { Entity: { } entity } shape
            ? ToModel(shape, entity, cancellationToken)
            : null;

    private static RepositoryModel ToModel(RepositoryShape shape, INamedTypeSymbol entity, CancellationToken cancellationToken) => new()
    {
        Entity = EntityModel.Qualify(Identifiers.Namespace(entity.ContainingNamespace), Identifiers.Escape(entity.Name)),
        Namespace = Identifiers.Namespace(shape.Type.ContainingNamespace),
        Identifier = Identifiers.Escape(shape.Type.Name),
        HasAccessibility = shape.Type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword))),
        HasMigrationConstructor = shape.HasMigrationConstructor,
        IsUsable = shape.Problem is null,
    };
}
