using DbMove.Roslyn;

namespace DbMove.Analyzers.Declaration;

/// <summary>
/// What a column type that is written in an attribute cannot hold. Of which engine a side is nobody knows here, so a name means what it
/// means in PostgreSQL, and where that has none such, in SQLite. <c>integer</c> is left alone: SQLite's has 64 bits, and it has no other word.
/// </summary>
internal static class DeclaredTypes
{
    private const string TooSmall = "is too small for its largest values";

    /// <summary>What the declared type does to the member's values; null when it keeps them, or is not known.</summary>
    /// <param name="declared">The type on one side.</param>
    /// <param name="other">The one on the other side; null: none is declared, or the sides have different forms of the value.</param>
    /// <param name="member">What the member is bound as.</param>
    /// <param name="isKey">Whether the member is in the key, where order and equality matter too.</param>
    public static string? FindWeakness(DeclaredType declared, DeclaredType? other, ColumnType member, bool isKey) =>
        (isKey ? FindOtherOrder(declared, member) : null) ?? (member switch
        {
            ColumnType.Decimal => Decimal(declared),
            // Not "real", which is a double in SQLite.
            ColumnType.Double => declared.Name == "float4" ? "keeps about 7 of its 17 digits" : null,
            ColumnType.UInt64 => declared.IsLarge ? TooSmall : Long(declared),
            ColumnType.Int64 => Long(declared),
            ColumnType.UInt32 => UnsignedInt(declared),
            ColumnType.Int32 or ColumnType.UInt16 => declared.IsSmall ? TooSmall : null,
            ColumnType.DateTime or ColumnType.DateTimeOffset => Instant(declared) ?? Seconds(declared, other),
            ColumnType.TimeOnly or ColumnType.TimeSpan => Seconds(declared, other),
            ColumnType.String => declared.IsInteger || declared.IsDecimal || declared.IsFloat ? "holds numbers, of which '007' would come back as 7" : null,
            _ => null,
        });

    /// <summary>What sorts or compares keys otherwise than the member's own type does; null: nothing that is certain.</summary>
    /// <remarks>Texts of Guids and of times are left alone: SQLite has no other form of them, and they sort as PostgreSQL's own types do.</remarks>
    public static string? FindOtherOrder(DeclaredType declared, ColumnType member) => member switch
    {
        ColumnType.String when declared.IsPadded => "pads with blanks, so that a key read back is not the one that was written",
        ColumnType.String when declared.Name == "citext" => "takes keys for one that differ in case only",
        ColumnType.Guid when declared.IsBytes => "sorts Guids otherwise than their text, in which they are kept elsewhere",
        >= ColumnType.Byte and <= ColumnType.UInt64 when declared.IsText => "sorts the key as text, '10' before '9'",
        >= ColumnType.Byte and <= ColumnType.UInt64 when declared.IsFloat => "is binary floating point, which engines round and compare in different ways",
        _ => null,
    };

    /// <summary>What the target cuts of values that the source has; null when nothing.</summary>
    public static string? FindLoss(DeclaredType source, DeclaredType target) =>
        source is { IsText: true, First: { } room } && target is { IsText: true, First: { } less } && less < room ? "is shorter"
        : source is { IsDecimal: true, First: { } all } && target is { IsDecimal: true, First: { } fewer }
            && ((target.Second ?? 0) < (source.Second ?? 0) || fewer - (target.Second ?? 0) < all - (source.Second ?? 0)) ? "has fewer digits, before or after the point,"
        : null;

    private static string? Decimal(DeclaredType declared) =>
        declared.IsFloat ? "is binary floating point, so that 0.1 is stored as something near it"
        : declared.Name is "money" or "smallmoney" ? "has a scale that the server's settings decide"
        // "numeric" alone keeps every digit in PostgreSQL, and with a length but no scale none after the point.
        : declared.IsInteger || declared is { IsDecimal: true, First: not null, Second: null or <= 0 } ? "has no digits after the point"
        : null;

    private static string? Long(DeclaredType declared) =>
        declared.IsFloat ? "is binary floating point, which is exact up to 2^53 only" : UnsignedInt(declared);

    private static string? UnsignedInt(DeclaredType declared) => declared.IsSmall || declared.Name is "int4" or "serial" ? TooSmall : null;

    private static string? Instant(DeclaredType declared) =>
        declared.Name switch
        {
            "date" => "drops the time of day",
            _ when declared.IsTime => "drops the date",
            _ when declared.IsInteger || declared.IsDecimal || declared.IsFloat => "holds numbers, of which nobody knows what time they stand for",
            _ => null,
        };

    // Cut alike on both sides, they agree.
    private static string? Seconds(DeclaredType declared, DeclaredType? other) =>
        declared.SecondDigits is { } digits and < 6 && (other?.SecondDigits ?? 6) > digits
            ? $"keeps {digits} digits of a second where the other side may keep more"
            : null;
}
