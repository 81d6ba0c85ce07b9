using System.ComponentModel;
using System.Globalization;

namespace DbMove.Mapping;

/// <summary>
/// Keys as text: a JSON array of invariant strings in key order, <c>["42","de"]</c>. One key has one text, so that keys can
/// be found by it. Instants are UTC, and dates with a time are cut to microseconds, the precision that both sides hold.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyText
{
    private const string DateTimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff";
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const string TimeFormat = "HH:mm:ss.ffffff";

    /// <summary>Joins the parts of a key to its text.</summary>
    /// <param name="parts">The formatted parts, in key order.</param>
    public static string Join(params ReadOnlySpan<string> parts) => KeyArray.Write(parts);

    /// <summary>Splits the text of a key into its parts.</summary>
    /// <param name="text">What <see cref="Join"/> wrote.</param>
    /// <param name="count">How many parts the key has.</param>
    /// <exception cref="FormatException">The text is not an array of that many strings.</exception>
    public static string[] Split(string text, int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> parts = KeyArray.Read(text);
        return parts.Count == count ? [.. parts] : throw new FormatException($"A key of {count} part(s) was expected, not of {parts.Count}.");
    }

    /// <summary>Formats a part of a key.</summary>
    public static string Format(bool value) => value ? "true" : "false";

    /// <summary>Formats a part of a key; every smaller integer too.</summary>
    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a part of a key.</summary>
    public static string Format(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a part of a key.</summary>
    public static string Format(string value) => value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Formats a part of a key.</summary>
    public static string Format(char value) => value.ToString();

    /// <summary>Formats a part of a key: 32 lower-case digits with hyphens.</summary>
    public static string Format(Guid value) => value.ToString("D");

    /// <summary>Formats a part of a key, cut to microseconds; the kind is not part of it.</summary>
    public static string Format(DateTime value) => value.ToString(DateTimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Formats a part of a key: the instant in UTC, cut to microseconds.</summary>
    public static string Format(DateTimeOffset value) => value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>Formats a part of a key.</summary>
    public static string Format(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Formats a part of a key, cut to microseconds.</summary>
    public static string Format(TimeOnly value) => value.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Parses a part of a key.</summary>
    /// <exception cref="FormatException">The text is not such a value; so for every method here.</exception>
    public static bool ParseBoolean(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw Malformed("Boolean"),
    };

    /// <summary>Parses a part of a key.</summary>
    public static byte ParseByte(string text) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte value) ? value : throw Malformed("Byte");

    /// <summary>Parses a part of a key.</summary>
    public static sbyte ParseSByte(string text) => sbyte.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out sbyte value) ? value : throw Malformed("SByte");

    /// <summary>Parses a part of a key.</summary>
    public static short ParseInt16(string text) => short.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out short value) ? value : throw Malformed("Int16");

    /// <summary>Parses a part of a key.</summary>
    public static ushort ParseUInt16(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort value) ? value : throw Malformed("UInt16");

    /// <summary>Parses a part of a key.</summary>
    public static int ParseInt32(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Malformed("Int32");

    /// <summary>Parses a part of a key.</summary>
    public static uint ParseUInt32(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : throw Malformed("UInt32");

    /// <summary>Parses a part of a key.</summary>
    public static long ParseInt64(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Malformed("Int64");

    /// <summary>Parses a part of a key.</summary>
    public static ulong ParseUInt64(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : throw Malformed("UInt64");

    /// <summary>Parses a part of a key.</summary>
    public static string ParseString(string text) => text;

    /// <summary>Parses a part of a key.</summary>
    public static char ParseChar(string text) => text is [char value] ? value : throw Malformed("Char");

    /// <summary>Parses a part of a key.</summary>
    public static Guid ParseGuid(string text) => Guid.TryParseExact(text, "D", out Guid value) ? value : throw Malformed("Guid");

    /// <summary>Parses a part of a key; the kind is unspecified.</summary>
    public static DateTime ParseDateTime(string text) =>
        DateTime.TryParseExact(text, DateTimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime value) ? value : throw Malformed("DateTime");

    /// <summary>Parses a part of a key: an instant with offset zero.</summary>
    public static DateTimeOffset ParseDateTimeOffset(string text) =>
        DateTimeOffset.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value)
            ? value
            : throw Malformed("DateTimeOffset");

    /// <summary>Parses a part of a key.</summary>
    public static DateOnly ParseDateOnly(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value) ? value : throw Malformed("DateOnly");

    /// <summary>Parses a part of a key.</summary>
    public static TimeOnly ParseTimeOnly(string text) =>
        TimeOnly.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly value) ? value : throw Malformed("TimeOnly");

    // Without the text: a key can be a name or an address, and messages end up in logs.
    private static FormatException Malformed(string type) => new($"A part of the key is not a valid {type}.");
}
