using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>Reads attributes by metadata name.</summary>
internal static class AttributeReading
{
    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.HasMetadataName(metadataName))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>The attribute of the property, or of the one that it overrides.</summary>
    public static AttributeData? FindAttribute(this IPropertySymbol property, string metadataName) =>
        ((ISymbol)property).FindAttribute(metadataName) ?? property.OverriddenProperty?.FindAttribute(metadataName);

    public static bool HasAttribute(this IPropertySymbol property, string metadataName) => property.FindAttribute(metadataName) is not null;

    /// <summary>The attribute of the type, or of the nearest base class that has it.</summary>
    public static AttributeData? FindInheritedAttribute(this INamedTypeSymbol type, string metadataName) =>
        type.FindAttribute(metadataName) ?? type.BaseType?.FindInheritedAttribute(metadataName);

    public static bool HasAttribute(this ISymbol symbol, string metadataName) => symbol.FindAttribute(metadataName) is not null;

    /// <summary>The constructor argument at a position as text; null when absent or blank.</summary>
    public static string? Text(this AttributeData? attribute, int position) =>
        attribute is not null && position < attribute.ConstructorArguments.Length
            ? NotBlank(attribute.ConstructorArguments[position])
            : null;

    /// <summary>The named argument as text; null when absent or blank.</summary>
    public static string? Text(this AttributeData? attribute, string name) =>
        attribute.Named(name) is { } constant ? NotBlank(constant) : null;

    /// <summary>The named argument as a number, an enum's too; null when absent.</summary>
    public static int? Number(this AttributeData? attribute, string name) =>
        attribute.Named(name) is { Kind: TypedConstantKind.Primitive or TypedConstantKind.Enum, Value: int number } ? number : null;

    public static bool HasMetadataName(this INamedTypeSymbol type, string metadataName)
    {
        // Compared from the end, so that no string is built for the many attributes that are none of ours.
        INamedTypeSymbol definition = type.OriginalDefinition;
        int split = metadataName.LastIndexOf('.');
        return definition.ContainingType is null
            && metadataName.Length - split - 1 == definition.MetadataName.Length
            && metadataName.EndsWith(definition.MetadataName, StringComparison.Ordinal)
            && definition.ContainingNamespace?.ToDisplayString() == metadataName.Substring(0, split);
    }

    private static TypedConstant? Named(this AttributeData? attribute, string name)
    {
        if (attribute is not null)
        {
            foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
            {
                if (argument.Key == name)
                {
                    return argument.Value;
                }
            }
        }

        return null;
    }

    private static string? NotBlank(TypedConstant constant) =>
        constant is { Kind: TypedConstantKind.Primitive, Value: string text } && !string.IsNullOrWhiteSpace(text) ? text : null;
}
