using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>One mapped member of an entity.</summary>
/// <param name="entity">The entity, which may inherit the member.</param>
/// <param name="property">The member.</param>
/// <param name="entityLocation">Where to point when the member is declared in another assembly.</param>
internal sealed class MemberShape(INamedTypeSymbol entity, IPropertySymbol property, Location entityLocation)
{
    private readonly AttributeData? _column = property.FindAttribute(AttributeNames.Column);

    public IPropertySymbol Property { get; } = property;

    private readonly StorageShape? _source = StorageShape.Find(property, ColumnTypeResolution.WithoutNullable(property.Type), isTarget: false);

    private readonly StorageShape? _target = StorageShape.Find(property, ColumnTypeResolution.WithoutNullable(property.Type), isTarget: true);

    /// <summary>How the member is stored: on the source, unless the target alone has it; null when its type is none that a column holds.</summary>
    public StorageShape? Storage => IsTargetOnly ? _target : _source;

    /// <summary>How the member is stored on the target, where that is another form; else null.</summary>
    public StorageShape? TargetStorage => IsSourceOnly || IsTargetOnly || Equals(_source, _target) ? null : _target;

    /// <summary>Whether a side has a form of its own that the other side's column could not be, such as a type without a converter there.</summary>
    public bool IsUnstorable => Storage is null || (!IsSourceOnly && _target is null);

    /// <summary>By what the member is compared; null: it has no policy of its own.</summary>
    public ComparisonShape? Comparison { get; } = ComparisonShape.Find(property, ColumnTypeResolution.WithoutNullable(property.Type));

    /// <summary>What the member is bound as. Meaningful for mapped members, whose type resolves.</summary>
    public ColumnType Type => Storage?.Type ?? default;

    /// <summary>The member's type without nullable wrapper.</summary>
    public ITypeSymbol BareType { get; } = ColumnTypeResolution.WithoutNullable(property.Type);

    public string Name => Property.Name;

    public string SourceName => _column.Text(0) ?? Property.Name;

    public string TargetName => Property.FindAttribute(AttributeNames.TargetColumn).Text(0) ?? SourceName;

    /// <summary>The order given by <c>[Column(Order = n)]</c>; null when none is.</summary>
    public int? Order => _column.Number("Order");

    public bool IsKeyAttributed => Property.HasAttribute(AttributeNames.Key);

    public bool IsUpdatedAt => Property.HasAttribute(AttributeNames.UpdatedAt);

    /// <summary>Whether a write compares the member with what is stored.</summary>
    public bool IsConcurrencyToken => Property.HasAttribute(AttributeNames.ConcurrencyCheck) || IsRowVersion;

    /// <summary>Whether every write counts the member up.</summary>
    public bool IsRowVersion => Property.HasAttribute(AttributeNames.Timestamp);

    public bool IsSourceOnly => Property.HasAttribute(AttributeNames.SourceOnly);

    public bool IsTargetOnly => Property.HasAttribute(AttributeNames.TargetOnly);

    /// <summary>The name of the runtime's <c>GeneratedValue</c> member.</summary>
    public string Generated =>
        Property.FindAttribute(AttributeNames.DatabaseGenerated) is { ConstructorArguments: [{ Value: int option }] }
            ? option switch { 1 => "Identity", 2 => "Computed", _ => "None" }
            : "None";

    /// <summary>The set or init accessor; an override may have left it to the property that it overrides.</summary>
    public IMethodSymbol? Setter { get; } = FindSetter(property);

    /// <summary>Whether the value can be set by an accessor, from inside the entity.</summary>
    public bool IsSettable => Setter is not null
        && (SymbolEqualityComparer.Default.Equals(Setter.ContainingType, entity) || Setter.DeclaredAccessibility switch
        {
            Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
            Accessibility.Internal or Accessibility.ProtectedAndInternal =>
                IsInEntityAssembly || Setter.ContainingAssembly.GivesAccessTo(entity.ContainingAssembly),
            _ => false,
        });

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

    public Location Location => IsInEntityAssembly ? Property.Locations[0] : entityLocation;

    private bool IsInEntityAssembly => SymbolEqualityComparer.Default.Equals(Property.ContainingAssembly, entity.ContainingAssembly);

    private static IMethodSymbol? FindSetter(IPropertySymbol property) =>
        property.SetMethod ?? (property.OverriddenProperty is { } overridden ? FindSetter(overridden) : null);
}
