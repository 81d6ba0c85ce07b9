using System.ComponentModel;
using System.Numerics;

namespace DbMove.Mapping;

/// <summary>A set of column ordinals. Allocates nothing for entities of up to 64 columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ColumnSet
{
    private ulong _first;
    private ulong[]? _rest;

    /// <summary>Whether no column is in the set.</summary>
    public readonly bool IsEmpty => _first == 0 && _rest is null;

    /// <summary>How many columns are in the set.</summary>
    public readonly int Count
    {
        get
        {
            int count = BitOperations.PopCount(_first);
            foreach (ulong word in _rest ?? [])
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Puts a column into the set.</summary>
    /// <param name="ordinal">The column's ordinal, from 0.</param>
    public void Add(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        if (ordinal < 64)
        {
            _first |= 1UL << ordinal;
            return;
        }

        int word = (ordinal / 64) - 1;
        if (_rest is null || _rest.Length <= word)
        {
            Array.Resize(ref _rest, word + 1);
        }

        _rest[word] |= 1UL << (ordinal % 64);
    }

    /// <summary>Whether a column is in the set.</summary>
    /// <param name="ordinal">The column's ordinal, from 0.</param>
    public readonly bool Contains(int ordinal)
    {
        if (ordinal < 64)
        {
            return ordinal >= 0 && (_first & (1UL << ordinal)) != 0;
        }

        int word = (ordinal / 64) - 1;
        return _rest is not null && word < _rest.Length && (_rest[word] & (1UL << (ordinal % 64))) != 0;
    }
}
