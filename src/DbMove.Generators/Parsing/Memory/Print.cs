using System.Runtime.CompilerServices;

namespace DbMove.Generators.Parsing.Memory;

/// <summary>128 bits that stand for what went into them, in its order: two different things share them by chance alone.</summary>
/// <param name="First">One half.</param>
/// <param name="Second">The other half, made in another way.</param>
internal readonly record struct Print(ulong First, ulong Second)
{
    // Weak, so that what nobody uses any more goes. A number is given once: no other object ever gets it.
    private static readonly ConditionalWeakTable<object, StrongBox<long>> s_identities = new();
    private static long s_last;

    public Print With(Print other) => With(other.First).With(other.Second);

    /// <summary>With an object that is equal to itself only.</summary>
    public Print WithIdentity(object value) =>
        With((ulong)s_identities.GetValue(value, static _ => new StrongBox<long>(Interlocked.Increment(ref s_last))).Value);

    public Print With(string text)
    {
        Print print = With((ulong)text.Length);
        foreach (char unit in text)
        {
            print = print.With(unit);
        }

        return print;
    }

    public Print With(ulong value)
    {
        unchecked
        {
            ulong first = (First ^ value) * 0x9E3779B97F4A7C15;
            ulong second = (Second + value + 0xD1B54A32D192ED03) * 0xBF58476D1CE4E5B9;
            return new(first ^ (first >> 29), second ^ (second >> 31));
        }
    }
}
