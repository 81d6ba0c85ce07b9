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
        Entity = ScopeParser.Parse(entity).Qualify(Identifiers.Escape(entity.Name)),
        Scope = ScopeParser.Parse(shape.Type),
        Identifier = Identifiers.Escape(shape.Type.Name),
        HasAccessibility = shape.Type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(static modifier =>
                modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword)),
        HasMigrationConstructor = shape.HasMigrationConstructor,
        Contract = ContractParser.Parse(shape.Type, shape.Type.Name, entity, cancellationToken),
        IsUsable = shape.Problem is null,
    };
}
