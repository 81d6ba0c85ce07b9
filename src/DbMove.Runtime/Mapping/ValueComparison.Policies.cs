using System.Runtime.InteropServices;

namespace DbMove.Mapping;

/// <summary>The comparison policies of members.</summary>
public static partial class ValueComparison
{
    /// <summary>Whether two values are equal, their scale too.</summary>
    public static bool AreIdentical(decimal left, decimal right)
    {
        Span<int> first = stackalloc int[4];
        Span<int> second = stackalloc int[4];
        decimal.GetBits(left, first);
        decimal.GetBits(right, second);
        return first.SequenceEqual(second);
    }

    /// <summary>Whether two values are equal bit by bit.</summary>
    public static bool AreIdentical(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    /// <summary>Whether two values are equal bit by bit.</summary>
    public static bool AreIdentical(float left, float right) => BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right);

    /// <summary>Whether two values are equal, their scale too; two nulls are.</summary>
    public static bool AreIdentical(decimal? left, decimal? right) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreIdentical(left.GetValueOrDefault(), right.GetValueOrDefault()));

    /// <summary>Whether two values are equal bit by bit; two nulls are.</summary>
    public static bool AreIdentical(double? left, double? right) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreIdentical(left.GetValueOrDefault(), right.GetValueOrDefault()));

    /// <summary>Whether two values are equal bit by bit; two nulls are.</summary>
    public static bool AreIdentical(float? left, float? right) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreIdentical(left.GetValueOrDefault(), right.GetValueOrDefault()));

    /// <summary>Whether two arrays are equal, element by element and the scale of each; two nulls are.</summary>
    public static bool AreIdentical(decimal[]? left, decimal[]? right)
    {
        if (left is null || right is null || left.Length != right.Length)
        {
            return left is null && right is null;
        }

        for (int index = 0; index < left.Length; index++)
        {
            if (!AreIdentical(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two arrays are equal, element by element and bit by bit; two nulls are.</summary>
    public static bool AreIdentical(double[]? left, double[]? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : MemoryMarshal.AsBytes(left.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(right.AsSpan()));

    /// <summary>Whether two arrays are equal, element by element and bit by bit; two nulls are.</summary>
    public static bool AreIdentical(float[]? left, float[]? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : MemoryMarshal.AsBytes(left.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(right.AsSpan()));

    /// <summary>Whether two numbers are no further apart than the tolerance; two nulls are.</summary>
    public static bool AreWithin(double? left, double? right, double tolerance) =>
        left.HasValue == right.HasValue
        && (!left.HasValue || AreEqual(left.GetValueOrDefault(), right.GetValueOrDefault()) || Math.Abs(left.GetValueOrDefault() - right.GetValueOrDefault()) <= tolerance);

    /// <summary>Whether two numbers are no further apart than the tolerance; two nulls are.</summary>
    public static bool AreWithin(decimal? left, decimal? right, decimal tolerance) =>
        left.HasValue == right.HasValue && (!left.HasValue || AreWithin(left.GetValueOrDefault(), right.GetValueOrDefault(), tolerance));

    /// <summary>Whether two dates with a time are less than so many ticks of 100 ns apart; two nulls are.</summary>
    public static bool AreNearerThan(DateTime? left, DateTime? right, long ticks) => AreNearerThan(left?.Ticks, right?.Ticks, ticks);

    /// <summary>Whether two instants are less than so many ticks of 100 ns apart; two nulls are.</summary>
    public static bool AreNearerThan(DateTimeOffset? left, DateTimeOffset? right, long ticks) => AreNearerThan(left?.UtcTicks, right?.UtcTicks, ticks);

    /// <summary>Whether two times of day are less than so many ticks of 100 ns apart; two nulls are.</summary>
    public static bool AreNearerThan(TimeOnly? left, TimeOnly? right, long ticks) => AreNearerThan(left?.Ticks, right?.Ticks, ticks);

    /// <summary>Whether two intervals are less than so many ticks of 100 ns apart; two nulls are.</summary>
    public static bool AreNearerThan(TimeSpan? left, TimeSpan? right, long ticks) => AreNearerThan(left?.Ticks, right?.Ticks, ticks);

    /// <summary>Whether two texts are equal but for what does not count; two nulls are.</summary>
    public static bool AreEqual(string? left, string? right, TextComparison comparison)
    {
        if (left is null || right is null)
        {
            return ReferenceEquals(left, right);
        }

        return Counting(left, comparison).Equals(
            Counting(right, comparison), (comparison & TextComparison.IgnoreCase) != 0 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>The part of a text that counts.</summary>
    internal static ReadOnlySpan<char> Counting(string text, TextComparison comparison) =>
        (comparison & TextComparison.Trimmed) != 0 ? text.AsSpan().Trim() : text;

    private static bool AreWithin(decimal left, decimal right, decimal tolerance)
    {
        if (left < 0 == right < 0)
        {
            return Math.Abs(left - right) <= tolerance;
        }

        // The difference of numbers with different signs may be more than a decimal holds.
        return Math.Abs(left) <= tolerance && Math.Abs(right) <= tolerance - Math.Abs(left);
    }

    private static bool AreNearerThan(long? left, long? right, long ticks)
    {
        (long first, long second) = (left.GetValueOrDefault(), right.GetValueOrDefault());
        ulong distance = first >= second ? unchecked((ulong)first - (ulong)second) : unchecked((ulong)second - (ulong)first);
        return left.HasValue == right.HasValue && distance < (ulong)ticks;
    }
}
