using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>One mapped member of an entity.</summary>
internal sealed class MemberShape(IPropertySymbol property, ColumnType type)
{
    private readonly AttributeData? _column = property.FindAttribute(AttributeNames.Column);

    public IPropertySymbol Property { get; } = property;

    public ColumnType Type { get; } = type;

    /// <summary>The member's type without nullable wrapper.</summary>
    public ITypeSymbol BareType { get; } = ColumnTypeResolution.WithoutNullable(property.Type);

    public string Name => Property.Name;

    public string SourceName => _column.Text(0) ?? Property.Name;

    public string TargetName => Property.FindAttribute(AttributeNames.TargetColumn).Text(0) ?? SourceName;

    /// <summary>The order given by <c>[Column(Order = n)]</c>; null when none is.</summary>
    public int? Order => _column.Number("Order");

    public bool IsKeyAttributed => Property.HasAttribute(AttributeNames.Key);

    public bool IsUpdatedAt => Property.HasAttribute(AttributeNames.UpdatedAt);

    /// <summary>The name of the runtime's <c>GeneratedValue</c> member.</summary>
    public string Generated =>
        Property.FindAttribute(AttributeNames.DatabaseGenerated) is { ConstructorArguments: [{ Value: int option }] }
            ? option switch { 1 => "Identity", 2 => "Computed", _ => "None" }
            : "None";

    /// <summary>Whether the value can be set after or while constructing, from inside the type.</summary>
    public bool IsSettable => Property.SetMethod is not null;

    public bool IsNullableValue => !SymbolEqualityComparer.Default.Equals(BareType, Property.Type);

    /// <summary>Whether the member may be null. Where nullable annotations are off, a reference may be unless <c>[Required]</c>.</summary>
    public bool IsNullable => IsNullableValue || (Property.Type.IsReferenceType && Property.NullableAnnotation switch
    {
        NullableAnnotation.Annotated => true,
        NullableAnnotation.None => !Property.HasAttribute(AttributeNames.Required),
        _ => false,
    });

    /// <summary>Whether the declaration says that the member may be null: not so where annotations are off.</summary>
    public bool IsDeclaredNullable => IsNullableValue || Property.NullableAnnotation == NullableAnnotation.Annotated;

    public Location Location => Property.Locations[0];
}
