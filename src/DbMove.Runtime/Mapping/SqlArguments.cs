using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// The values of one call of a <see cref="SqlStatement"/>, in the order of its parameters: of a type that a column holds, or null.
/// </summary>
/// <param name="count">How many.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SqlArguments(int count)
{
    private readonly object?[] _values = new object?[count];
    private int _next;

    /// <summary>Adds the next value.</summary>
    /// <typeparam name="T">One of the types of <see cref="ColumnType"/>, or its nullable form.</typeparam>
    public void Add<T>(T value) => _values[_next++] = value;

    internal object? this[int index] => _values[index];
}
