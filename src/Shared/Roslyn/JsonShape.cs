using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>How a member with <c>[Json&lt;TContext&gt;]</c> is stored.</summary>
internal static class JsonShape
{
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">The member's type without nullable wrapper.</param>
    public static StorageShape Find(AttributeData attribute, ITypeSymbol type)
    {
        if (attribute.AttributeClass?.TypeArguments[0] is not INamedTypeSymbol { TypeKind: TypeKind.Class } context)
        {
            return Wrong("has a [Json] that names no context of the serializer");
        }

        if (!ConverterShape.IsVisible(context))
        {
            return Wrong($"has the context '{context.Name}', which the assembly does not see: make it internal or public");
        }

        // Not what the context may know by way of other types: that is told only after the serializer's generator ran.
        return context.GetAttributes().Any(known =>
            known.AttributeClass?.HasMetadataName(AttributeNames.JsonSerializable) == true
            && known.ConstructorArguments is [{ Value: ITypeSymbol named }]
            && SymbolEqualityComparer.Default.Equals(ColumnTypeResolution.WithoutNullable(named), type))
            ? new StorageShape(ColumnType.String) { Json = context }
            : Wrong($"has the context '{context.Name}', which does not name its type: add [JsonSerializable(typeof({type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}))] to it");
    }

    private static StorageShape Wrong(string problem) => new(ColumnType.String) { Problem = problem };
}
