using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>Calls a user's comparer for values that are not null. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OwnComparison
{
    /// <summary>Whether two values are equal; two nulls are.</summary>
    /// <typeparam name="TComparer">The comparer.</typeparam>
    /// <typeparam name="T">The member's type.</typeparam>
    public static bool AreEqual<TComparer, T>(T? left, T? right)
        where TComparer : IValueComparer<T>
        where T : class =>
        left is null || right is null ? ReferenceEquals(left, right) : TComparer.AreEqual(left, right);

    /// <summary>Whether two values are equal; two nulls are.</summary>
    /// <typeparam name="TComparer">The comparer.</typeparam>
    /// <typeparam name="T">The member's type.</typeparam>
    public static bool AreEqual<TComparer, T>(T? left, T? right)
        where TComparer : IValueComparer<T>
        where T : struct =>
        left.HasValue == right.HasValue && (!left.HasValue || TComparer.AreEqual(left.GetValueOrDefault(), right.GetValueOrDefault()));

    /// <summary>Adds a value to the row's hash.</summary>
    /// <typeparam name="TComparer">The comparer.</typeparam>
    /// <typeparam name="T">The member's type.</typeparam>
    public static void AddToHash<TComparer, T>(T? value, ref RowHash hash)
        where TComparer : IValueComparer<T>
        where T : class
    {
        hash.AddPresence(value is not null);
        if (value is not null)
        {
            TComparer.AddToHash(value, ref hash);
        }
    }

    /// <summary>Adds a value to the row's hash.</summary>
    /// <typeparam name="TComparer">The comparer.</typeparam>
    /// <typeparam name="T">The member's type.</typeparam>
    public static void AddToHash<TComparer, T>(T? value, ref RowHash hash)
        where TComparer : IValueComparer<T>
        where T : struct
    {
        hash.AddPresence(value.HasValue);
        if (value.HasValue)
        {
            TComparer.AddToHash(value.GetValueOrDefault(), ref hash);
        }
    }
}
