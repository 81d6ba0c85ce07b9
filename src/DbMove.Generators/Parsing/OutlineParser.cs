using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DbMove.Generators.Parsing;

/// <summary>Finds out which of an unusable entity's companions can at least be named.</summary>
internal static class OutlineParser
{
    /// <summary>The outline; null where no type can be emitted beside the entity, and before C# 10, which has none of an outline's forms.</summary>
    public static OutlineModel? Parse(EntityShape shape, EntityModel entity, CancellationToken cancellationToken)
    {
        INamedTypeSymbol type = shape.Type;
        if (type.DeclaringSyntaxReferences[0].SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp10 }
            || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !CanExtend(type.ContainingType, cancellationToken))
        {
            return null;
        }

        bool isVisible = IsVisible(type);
        bool isNameable = isVisible && type is { IsStatic: false, IsRefLikeType: false, Arity: 0 };
        bool hasKey = entity.HasCompositeKey && NameRules.IsFree(type, "Key") && shape.Key.All(member => NameRules.CanBeInKeyType(type, member));
        return new OutlineModel(
            entity with { IsOutline = true, Accessibility = isVisible ? entity.Accessibility : "internal", OwnContract = isVisible ? entity.OwnContract : entity.OwnContract with { Accessibility = "internal" }, Key = entity.HasCompositeKey && !hasKey ? default : entity.Key },
            isNameable,
            // Without a base there is nothing to add to a class that the user declares.
            isNameable ? entity.Repository is not { IsUsable: false } && NameRules.IsRepositoryFree(type, cancellationToken) : NameRules.IsFree(type, "Repository"),
            NameRules.IsFree(type, "Fixer"),
            hasKey);
    }

    private static bool CanExtend(INamedTypeSymbol? container, CancellationToken cancellationToken) =>
        container is null
        || (container is { Arity: 0, IsFileLocal: false } && TypeRules.IsPartial(container, cancellationToken) && CanExtend(container.ContainingType, cancellationToken));

    private static bool IsVisible(INamedTypeSymbol type) =>
        type is { IsFileLocal: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } && (type.ContainingType is null || IsVisible(type.ContainingType));
}
