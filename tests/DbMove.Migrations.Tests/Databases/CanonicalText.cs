using System.Globalization;

namespace DbMove.Migrations.Tests.Databases;

/// <summary>A value's text, the same whichever engine gave it, so that rows of two engines can be compared.</summary>
internal static class CanonicalText
{
    public const string Null = "␀";

    public static string Of(object? value) => value switch
    {
        null or DBNull => Null,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),

        // 0.990 and 0.99 are the same number.
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
