using DbMove.Mapping;

namespace DbMove;

/// <summary>
/// Says when two values of a member are equal. Named by <see cref="CompareWithAttribute{TComparer}"/>; never instantiated. It must be fast, as it
/// is called for every row that is validated, and must not throw.
/// </summary>
/// <typeparam name="T">The member's type, without <c>?</c>.</typeparam>
public interface IValueComparer<T>
    where T : notnull
{
    /// <summary>
    /// Whether two values are equal. Values that are equal without it must be equal with it too, since rows that the databases themselves find equal
    /// are not asked about; the order of the two must not matter.
    /// </summary>
    /// <param name="left">A value; never null.</param>
    /// <param name="right">The other; never null.</param>
    static abstract bool AreEqual(T left, T right);

    /// <summary>
    /// Adds to the row's hash what is the same for all values that are equal, and the same in every process and version of the program. Without it the hash
    /// tells only whether the column is null.
    /// </summary>
    /// <param name="value">A value; never null.</param>
    /// <param name="hash">The hash of the row so far.</param>
    static virtual void AddToHash(T value, ref RowHash hash)
    {
    }
}
