using System.Security.Cryptography;

namespace DbMove.Nats.Connection;

/// <summary>
/// What the seed of a user's nkey looks like. Not asked of NATS.NKeys, which only the client uses: this assembly must not be bound
/// to the stand-in that it is built with.
/// </summary>
internal static class NKeySeed
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // Two bytes that say what it is, the 32 of the seed, two of a check sum: in base 32 without padding, five bits a character.
    private const int Bytes = 36;
    private const int Characters = 58;

    /// <summary>What is wrong with a seed, without repeating it; null: nothing.</summary>
    public static string? DefectOf(string seed)
    {
        if (!seed.StartsWith("SU", StringComparison.Ordinal))
        {
            return "is no seed of a user's nkey: it begins with SU";
        }

        Span<byte> bytes = stackalloc byte[Bytes];
        try
        {
            return seed.Length == Characters && TryDecode(seed, bytes) && CheckSum(bytes[..^2]) == (bytes[^2] | (bytes[^1] << 8))
                ? null
                : "is no seed of a user's nkey: it is incomplete or has a typing error";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool TryDecode(string text, Span<byte> bytes)
    {
        int buffer = 0;
        int bits = 0;
        int written = 0;
        foreach (char letter in text)
        {
            int value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            buffer = ((buffer << 5) | value) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[written++] = (byte)(buffer >> bits);
            }
        }

        return true;
    }

    // CRC-16/XMODEM.
    private static int CheckSum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x8000) == 0 ? sum << 1 : (sum << 1) ^ 0x1021;
            }
        }

        return sum & 0xFFFF;
    }
}
