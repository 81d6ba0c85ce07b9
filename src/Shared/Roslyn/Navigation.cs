using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>
/// Recognises navigation properties of entities made for EF Core: they lead to other rows and are no columns, and
/// <c>[NotMapped]</c> would take them away from EF Core.
/// </summary>
internal static class Navigation
{
    public static bool IsNavigation(IPropertySymbol property) =>
        property.HasAttribute(AttributeNames.ForeignKey)
        || property.HasAttribute(AttributeNames.InverseProperty)
        || IsEntity(property.Type)
        || (property.Type is INamedTypeSymbol { IsGenericType: true, TypeArguments: [{ } element] } collection
            && IsCollection(collection)
            && IsEntity(element));

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
        || type.AllInterfaces.Any(contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T);

    private static bool IsEntity(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class } named
        && (named.HasAttribute(AttributeNames.Migratable)
            || named.HasAttribute(AttributeNames.Table)
            || named.HasAttribute(AttributeNames.PrimaryKey)
            || named.WithBaseTypes().SelectMany(static part => part.GetMembers()).OfType<IPropertySymbol>().Any(property =>
                property.HasAttribute(AttributeNames.Key) || KeyShape.IsConventional(named, property.Name)));
}
