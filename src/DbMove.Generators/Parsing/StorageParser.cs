using DbMove.Generators.Model;
using DbMove.Roslyn;
using Microsoft.CodeAnalysis;

namespace DbMove.Generators.Parsing;

/// <summary>Turns a member's storage into a model.</summary>
internal static class StorageParser
{
    /// <summary>The model; null when the member is stored as it is.</summary>
    public static StorageModel? Parse(StorageShape shape) => shape is { IsPlain: true, Enum: null } ? null : new()
    {
        Part = shape.Part is { } part ? Identifiers.Escape(part.Name) : null,
        Enum = shape.Enum is { } type ? FullName(type) : null,
        EnumUnderlying = shape.Enum?.EnumUnderlyingType?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        Names = shape is { IsText: true, Enum: { } named } ? Names(named) : default,
        Converter = shape.Converter is { } converter ? FullName(converter) : null,
        Json = shape.Json is { } json ? FullName(json) : null,
        Stored = shape.Stored is { } stored ? FullName(stored) : null,
        Element = shape.Element?.ToString(),
        IsPartReference = shape.Part is { Type.IsReferenceType: true },
    };

    private static readonly SymbolDisplayFormat s_format =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A type without nullable annotation of its own, but with those of its type arguments, fully qualified.</summary>
    public static string FullName(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(s_format);

    private static EquatableArray<EnumNameModel> Names(INamedTypeSymbol type)
    {
        HashSet<object> seen = [];
        return new([.. StorageShape.EnumMembers(type).Select(member =>
            new EnumNameModel(member.Name, FullName(type) + "." + Identifiers.Escape(member.Name), IsAlias: !seen.Add(member.ConstantValue!)))]);
    }
}
