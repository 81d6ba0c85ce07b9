using Microsoft.CodeAnalysis;

namespace DbMove.Roslyn;

/// <summary>Which column type a member's type is bound as.</summary>
internal static class ColumnTypeResolution
{
    /// <summary>Takes the nullable wrapper off a value type.</summary>
    public static ITypeSymbol WithoutNullable(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    /// <summary>The column type of a type without nullable wrapper; null when there is none.</summary>
    public static ColumnType? Resolve(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } underlying } => Special(underlying.SpecialType),
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => ColumnType.Bytes,
        INamedTypeSymbol { SpecialType: not SpecialType.None } named => Special(named.SpecialType),
        INamedTypeSymbol { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } named => Named(named.MetadataName),
        _ => null,
    };

    /// <summary>The type of the elements of an array that is stored as a list; null when it is none.</summary>
    public static ColumnType? ResolveElement(ITypeSymbol type) =>
        type is IArrayTypeSymbol { IsSZArray: true, ElementType: INamedTypeSymbol { TypeKind: not TypeKind.Enum } element }
        && Resolve(element) is ColumnType.Boolean or ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64 or ColumnType.Single
            or ColumnType.Double or ColumnType.Decimal or ColumnType.String or ColumnType.Guid
            ? Resolve(element)
            : null;

    /// <summary>
    /// Whether every engine orders and compares the type alike, so that it can be in a key. Floats, decimals and
    /// intervals are stored by some engine in a form that sorts otherwise; byte arrays have no value equality.
    /// </summary>
    public static bool CanBeKey(ColumnType type) =>
        type is not (ColumnType.Single or ColumnType.Double or ColumnType.Decimal or ColumnType.TimeSpan or ColumnType.Bytes);

    /// <summary>Whether a cursor can follow the type: an instant, a date and time, or a growing number.</summary>
    public static bool CanBeCursor(ColumnType type) =>
        type is ColumnType.DateTime or ColumnType.DateTimeOffset or ColumnType.Int64 or ColumnType.Int32;

    private static ColumnType? Special(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => ColumnType.Boolean,
        SpecialType.System_Byte => ColumnType.Byte,
        SpecialType.System_SByte => ColumnType.SByte,
        SpecialType.System_Int16 => ColumnType.Int16,
        SpecialType.System_UInt16 => ColumnType.UInt16,
        SpecialType.System_Int32 => ColumnType.Int32,
        SpecialType.System_UInt32 => ColumnType.UInt32,
        SpecialType.System_Int64 => ColumnType.Int64,
        SpecialType.System_UInt64 => ColumnType.UInt64,
        SpecialType.System_Decimal => ColumnType.Decimal,
        SpecialType.System_Double => ColumnType.Double,
        SpecialType.System_Single => ColumnType.Single,
        SpecialType.System_String => ColumnType.String,
        SpecialType.System_Char => ColumnType.Char,
        SpecialType.System_DateTime => ColumnType.DateTime,
        _ => null,
    };

    private static ColumnType? Named(string name) => name switch
    {
        "Guid" => ColumnType.Guid,
        "DateTimeOffset" => ColumnType.DateTimeOffset,
        "DateOnly" => ColumnType.DateOnly,
        "TimeOnly" => ColumnType.TimeOnly,
        "TimeSpan" => ColumnType.TimeSpan,
        _ => null,
    };
}
