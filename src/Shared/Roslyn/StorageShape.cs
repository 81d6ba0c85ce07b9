using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>How a member's value becomes what its column stores.</summary>
/// <param name="Type">What the stored value is bound as.</param>
internal sealed record StorageShape(ColumnType Type)
{
    /// <summary>The one member of the value object that the member's type is; null when it is none.</summary>
    public IPropertySymbol? Part { get; init; }

    /// <summary>The enum to store: the member's type or the value object's part; null when neither is one.</summary>
    public INamedTypeSymbol? Enum { get; init; }

    /// <summary>Whether the enum is stored by the names of its members.</summary>
    public bool IsText { get; init; }

    /// <summary>What converts the value; null when nothing does.</summary>
    public INamedTypeSymbol? Converter { get; init; }

    /// <summary>The type that the converter stores; null without a converter.</summary>
    public ITypeSymbol? Stored { get; init; }

    /// <summary>The serializer's context that writes the value as JSON; null when it is none.</summary>
    public INamedTypeSymbol? Json { get; init; }

    /// <summary>Why the value cannot be stored as the declaration asks for; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the member is stored as it is, or as the enum's number.</summary>
    public bool IsPlain => Part is null && !IsText && Converter is null && Json is null && Element is null;

    /// <summary>The type of the elements where the member is an array; else null.</summary>
    public ColumnType? Element { get; init; }

    /// <summary>The storage of a member on one side; null when its type is none that a column holds.</summary>
    /// <param name="property">The member.</param>
    /// <param name="type">Its type without nullable wrapper.</param>
    /// <param name="isTarget">Whether on the target.</param>
    public static StorageShape? Find(IPropertySymbol property, ITypeSymbol type, bool isTarget)
    {
        AttributeData[] converts = FindOn(property, AttributeNames.Convert, isTarget);
        bool isText = FindOn(property, AttributeNames.StoreAsText, isTarget).Length > 0;
        AttributeData? json = property.FindAttribute(AttributeNames.Json);
        if (converts.Length + (json is null ? 0 : 1) + (isText ? 1 : 0) > 1)
        {
            return new StorageShape(ColumnType.String) { Problem = "has more than one of [Convert], [Json] and [StoreAsText] for a side: keep one" };
        }

        if (converts is [{ } convert])
        {
            return ConverterShape.Find(convert, type);
        }

        if (json is not null)
        {
            return JsonShape.Find(json, type);
        }

        StorageShape? storage = OfType(type)
            ?? (ColumnTypeResolution.ResolveElement(type) is { } element ? new StorageShape(ColumnType.String) { Element = element } : null);
        return isText && storage is not null ? AsText(storage) : storage;
    }

    /// <summary>How a single value of a type is stored that no attribute says anything of; null when no column holds it.</summary>
    /// <param name="type">The type without nullable wrapper.</param>
    public static StorageShape? OfType(ITypeSymbol type) =>
        Plain(type) ?? (ValueObjectShape.FindPart(type) is { } part && Plain(part.Type) is { } inner ? inner with { Part = part } : null);

    /// <summary>The form that rows are compared in: where one side alone converts, what the other one holds is the value itself.</summary>
    /// <param name="property">The member.</param>
    /// <param name="type">Its type without nullable wrapper.</param>
    public static StorageShape? FindCompared(IPropertySymbol property, ITypeSymbol type) =>
        new[] { Find(property, type, isTarget: false), Find(property, type, isTarget: true) } is [{ Converter: not null }, { Converter: null } target]
            ? target
            : Find(property, type, isTarget: false);

    // Those that say this side, or none.
    private static AttributeData[] FindOn(IPropertySymbol property, string name, bool isTarget)
    {
        AttributeData[] all = [.. property.GetAttributes().Where(attribute => attribute.AttributeClass?.HasMetadataName(name) == true)];
        return all.Length == 0 && property.OverriddenProperty is { } overridden
            ? FindOn(overridden, name, isTarget)
            : [.. all.Where(attribute => attribute.ConstructorArguments is not [{ Value: int side }] || side == (isTarget ? 1 : 0))];
    }

    private static StorageShape? Plain(ITypeSymbol type) => ColumnTypeResolution.Resolve(type) is { } column
        ? new StorageShape(column) { Enum = type.TypeKind == TypeKind.Enum ? (INamedTypeSymbol)type : null }
        : null;

    private static StorageShape AsText(StorageShape storage) => storage with
    {
        Type = ColumnType.String,
        IsText = true,
        Problem = storage.Enum switch
        {
            null => "has [StoreAsText] and is no enum: take it off",
            { } flags when flags.HasAttribute(AttributeNames.Flags) => "has [StoreAsText], but values of a [Flags] enum have no single name: store it as a number",
            { } empty when !EnumMembers(empty).Any() => "has [StoreAsText], but its enum has no members",
            _ => null,
        },
    };

    /// <summary>The members of an enum, in order of declaration.</summary>
    public static IEnumerable<IFieldSymbol> EnumMembers(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue);
}
