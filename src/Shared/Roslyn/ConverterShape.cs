using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>What a member with <c>[Convert&lt;TConverter&gt;]</c> is stored as.</summary>
internal static class ConverterShape
{
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">The member's type without nullable wrapper.</param>
    public static StorageShape Find(AttributeData attribute, ITypeSymbol type)
    {
        if (attribute.AttributeClass?.TypeArguments[0] is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } converter)
        {
            return Wrong("has a [Convert] that names no class or struct");
        }

        if (!IsVisible(converter))
        {
            return Wrong($"has the converter '{converter.Name}', which the assembly does not see: make it internal or public");
        }

        ImmutableArray<INamedTypeSymbol> conversions = [.. converter.AllInterfaces.Where(contract =>
            contract.HasMetadataName(AttributeNames.ValueConverter)
            && SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], type))];
        string model = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        if (conversions is not [{ } conversion])
        {
            return Wrong($"has the converter '{converter.Name}', which must implement IValueConverter<{model}, TStored> once");
        }

        ITypeSymbol stored = conversion.TypeArguments[1];
        return stored.TypeKind != TypeKind.Enum && ColumnTypeResolution.Resolve(stored) is { } column
            ? new StorageShape(column) { Converter = converter, Stored = stored }
            : Wrong($"has the converter '{converter.Name}', whose stored type is none that a column holds: use a type that DbMove binds by itself, not nullable and no enum");
    }

    private static StorageShape Wrong(string problem) => new(ColumnType.String) { Problem = problem };

    /// <summary>Whether all of the assembly sees a type.</summary>
    public static bool IsVisible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.ContainingType)
        {
            if (part.IsFileLocal || part.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }
}
