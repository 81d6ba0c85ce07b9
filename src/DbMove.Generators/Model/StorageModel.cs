namespace DbMove.Generators.Model;

/// <summary>How a member's value becomes what its column stores, where it is not stored as it is.</summary>
internal sealed record StorageModel
{
    /// <summary>The property that gives a value object's value, as code writes it; null when the member is no value object.</summary>
    public required string? Part { get; init; }

    /// <summary>The enum to store, fully qualified: the member's type or the value object's part; null when neither is one.</summary>
    public required string? Enum { get; init; }

    /// <summary>The keyword of the enum's underlying integer; null without an enum.</summary>
    public required string? EnumUnderlying { get; init; }

    /// <summary>The enum's members where it is stored by name; else empty.</summary>
    public required EquatableArray<EnumNameModel> Names { get; init; }

    /// <summary>The converter, fully qualified; null when nothing converts.</summary>
    public required string? Converter { get; init; }

    /// <summary>The serializer's context that writes the value as JSON, fully qualified; null when it is none.</summary>
    public required string? Json { get; init; }

    /// <summary>What the converter stores, fully qualified; null without a converter.</summary>
    public required string? Stored { get; init; }

    /// <summary>The name of the elements' <c>ColumnType</c> where the member is an array; else null.</summary>
    public required string? Element { get; init; }

    /// <summary>Whether a value object's part is a reference, which the default of the value object leaves null.</summary>
    public required bool IsPartReference { get; init; }

    public bool IsText => Names.Count > 0;
}
