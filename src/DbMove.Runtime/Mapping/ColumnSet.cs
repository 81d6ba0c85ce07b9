using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DbMove.Mapping;

/// <summary>
/// A set of columns by ordinal, one bit each. It lies in itself for up to 2,048 columns, more than the tables of any engine have, and so allocates
/// nothing.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ColumnSet
{
    private const int InlineColumns = 2048;

    private Words _words;
    private ulong[]? _beyond;

    /// <summary>Whether no column is in the set.</summary>
    public readonly bool IsEmpty
    {
        get
        {
            ReadOnlySpan<ulong> words = _words;
            return !words.ContainsAnyExcept(0UL) && _beyond is null;
        }
    }

    /// <summary>How many columns are in the set.</summary>
    public readonly int Count => CountBits(_words) + CountBits(_beyond);

    /// <summary>Puts a column into the set.</summary>
    /// <param name="ordinal">The column's ordinal, from 0.</param>
    public void Add(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        if (ordinal < InlineColumns)
        {
            _words[ordinal / 64] |= 1UL << (ordinal % 64);
            return;
        }

        int word = (ordinal - InlineColumns) / 64;
        if (_beyond is null || _beyond.Length <= word)
        {
            Array.Resize(ref _beyond, word + 1);
        }

        _beyond[word] |= 1UL << (ordinal % 64);
    }

    /// <summary>Whether a column is in the set.</summary>
    /// <param name="ordinal">The column's ordinal, from 0.</param>
    public readonly bool Contains(int ordinal)
    {
        if (ordinal < InlineColumns)
        {
            return ordinal >= 0 && (_words[ordinal / 64] & (1UL << (ordinal % 64))) != 0;
        }

        int word = (ordinal - InlineColumns) / 64;
        return _beyond is not null && word < _beyond.Length && (_beyond[word] & (1UL << (ordinal % 64))) != 0;
    }

    private static int CountBits(ReadOnlySpan<ulong> words)
    {
        int count = 0;
        foreach (ulong word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    [InlineArray(InlineColumns / 64)]
    private struct Words
    {
        private ulong _first;
    }
}
