namespace DbMove;

/// <summary>
/// Two times are equal when they are less than one unit of this precision apart: it does not matter whether the program that wrote the coarser
/// one cut or rounded. For <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="TimeOnly"/> and <see cref="TimeSpan"/>.
/// </summary>
/// <remarks>
/// Where the columns themselves differ in precision nothing is needed: DbMove writes and compares what both can hold. This is for values
/// that other programs write. A null equals only a null. The row hash tells only whether the column is null.
/// </remarks>
/// <param name="precision">The precision.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ComparePrecisionAttribute(TimePrecision precision) : Attribute
{
    /// <summary>The precision.</summary>
    public TimePrecision Precision { get; } = precision;
}
