using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>
/// The one key order that every dialect sorts by and generated code compares by, so that a merge of two engines
/// never loses step: text by Unicode code points (SQLite's BINARY, PostgreSQL's <c>COLLATE "C"</c> in UTF-8), Guids as
/// their text, bytes lexically, everything else by value.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyOrder
{
    /// <summary>Compares by code points. Ordinal comparison of UTF-16 differs where a surrogate meets U+E000 to U+FFFF.</summary>
    public static int Compare(string left, string right)
    {
        int length = Math.Min(left.Length, right.Length);
        for (int index = 0; index < length; index++)
        {
            char l = left[index];
            char r = right[index];
            if (l != r)
            {
                // A surrogate stands for a code point above every other char: move it there before comparing.
                return Rank(l).CompareTo(Rank(r));
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Compares as two one-character texts.</summary>
    public static int Compare(char left, char right) => Rank(left).CompareTo(Rank(right));

    /// <summary>Compares as the canonical text does, which is the order of the big-endian bytes.</summary>
    public static int Compare(Guid left, Guid right) => left.CompareTo(right);

    /// <summary>Compares false before true.</summary>
    public static int Compare(bool left, bool right) => left.CompareTo(right);

    /// <summary>Compares lexically.</summary>
    public static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    /// <summary>Compares by value; <see cref="DateTimeOffset"/> by instant.</summary>
    public static int Compare<T>(T left, T right)
        where T : struct, IComparable<T> => left.CompareTo(right);

    private static int Rank(char value) => char.IsSurrogate(value) ? value + 0x10000 : value;
}
