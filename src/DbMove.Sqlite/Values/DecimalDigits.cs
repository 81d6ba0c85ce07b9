using System.Globalization;

namespace DbMove.Sqlite.Values;

/// <summary>How many digits of a decimal matter, where a binary number or a decimal could round it.</summary>
internal static class DecimalDigits
{
    /// <summary>Decimal digits that every binary number of 64 bits keeps.</summary>
    public const int Certain = 15;

    private static readonly UInt128 s_certain = (UInt128)1_000_000_000_000_000;

    /// <summary>Whether a binary number of 64 bits gives the value back.</summary>
    public static bool FitBinary(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        UInt128 digits = ((UInt128)(uint)bits[2] << 64) | ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        while (digits >= s_certain)
        {
            (UInt128 quotient, UInt128 last) = UInt128.DivRem(digits, 10);
            if (last != 0)
            {
                return false;
            }

            digits = quotient;
        }

        return true;
    }

    /// <summary>Reads a number; false when it is none, or has digits that a decimal would round off.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        // 28 digits with at most 28 after the point always fit; only longer texts may have been rounded.
        return text.Length <= 28 || SameDigits(text, value);
    }

    private static bool SameDigits(ReadOnlySpan<byte> text, decimal value)
    {
        if (text.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            return true;
        }

        Span<byte> rewritten = stackalloc byte[TextForms.MaxLength];
        int length = TextForms.Write(rewritten, value);
        return Digits(text).SequenceEqual(Digits(rewritten[..length]));
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.Trim(" \t\r\n"u8).TrimStart("+-0"u8);
        return digits.Contains((byte)'.') ? digits.TrimEnd((byte)'0').TrimEnd((byte)'.') : digits;
    }
}
