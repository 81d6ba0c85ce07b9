using System.Globalization;
using System.Text;

namespace DbMove.Sqlite.Values;

/// <summary>The texts in which values without a storage class of their own are kept: those of Microsoft.Data.Sqlite and EF Core.</summary>
internal static class TextForms
{
    /// <summary>Longer than any of the texts.</summary>
    public const int MaxLength = 64;

    /// <summary>Refuses what UTF-8 cannot hold, instead of replacing it.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static int Write(Span<byte> text, Guid value)
    {
        _ = value.TryFormat(text, out int length);
        for (int index = 0; index < length; index++)
        {
            if (text[index] is >= (byte)'a' and <= (byte)'f')
            {
                text[index] -= 'a' - 'A';
            }
        }

        return length;
    }

    public static int Write(Span<byte> text, DateTime value)
    {
        _ = value.TryFormat(text, out int length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>An instant, always as UTC, so that texts sort as instants do.</summary>
    public static int Write(Span<byte> text, DateTimeOffset value)
    {
        int length = Write(text, value.UtcDateTime);
        "+00:00"u8.CopyTo(text[length..]);
        return length + 6;
    }

    public static int Write(Span<byte> text, DateOnly value)
    {
        _ = value.TryFormat(text, out int length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return length;
    }

    public static int Write(Span<byte> text, TimeOnly value)
    {
        bool isWhole = value.Ticks % TimeSpan.TicksPerSecond == 0;
        _ = value.TryFormat(text, out int length, isWhole ? "HH:mm:ss" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        return length;
    }

    public static int Write(Span<byte> text, TimeSpan value)
    {
        _ = value.TryFormat(text, out int length, "c", CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>Without trailing zeros, so that equal numbers are equal texts.</summary>
    public static int Write(Span<byte> text, decimal value)
    {
        _ = value.TryFormat(text, out int length, "0.0###########################", CultureInfo.InvariantCulture);
        return length;
    }
}
