using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// When two values of a column are equal: floats by value, so that -0 equals 0 and NaN equals NaN; decimals by value, so
/// that 1.0 equals 1.00; instants by instant; text by code units, nothing trimmed or folded; bytes by content.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class ValueComparison
{
    /// <summary>Whether two values are equal.</summary>
    public static bool AreEqual(double left, double right) => left == right || (double.IsNaN(left) && double.IsNaN(right));

    /// <summary>Whether two values are equal.</summary>
    public static bool AreEqual(float left, float right) => left == right || (float.IsNaN(left) && float.IsNaN(right));

    /// <summary>Whether two values are equal; two nulls are.</summary>
    public static bool AreEqual(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);

    /// <summary>Whether two values are equal; two nulls are.</summary>
    public static bool AreEqual(byte[]? left, byte[]? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : left.AsSpan().SequenceEqual(right);

    /// <summary>Whether two arrays are equal, element by element; two nulls are.</summary>
    public static bool AreEqual<T>(T[]? left, T[]? right)
        where T : IEquatable<T> =>
        left is null || right is null ? ReferenceEquals(left, right) : left.AsSpan().SequenceEqual(right);

    /// <summary>Whether two values are equal.</summary>
    public static bool AreEqual<T>(T left, T right)
        where T : struct, IEquatable<T> => left.Equals(right);

    /// <summary>Whether two values are equal; two nulls are.</summary>
    public static bool AreEqual(double? left, double? right) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreEqual(left.GetValueOrDefault(), right.GetValueOrDefault()));

    /// <summary>Whether two values are equal; two nulls are.</summary>
    public static bool AreEqual(float? left, float? right) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreEqual(left.GetValueOrDefault(), right.GetValueOrDefault()));

    /// <summary>Whether two values are equal; two nulls are.</summary>
    public static bool AreEqual<T>(T? left, T? right)
        where T : struct, IEquatable<T> =>
        left.HasValue == right.HasValue && (!left.HasValue || left.GetValueOrDefault().Equals(right.GetValueOrDefault()));
}
