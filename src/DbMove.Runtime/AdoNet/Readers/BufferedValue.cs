using System.Globalization;

namespace DbMove.AdoNet.Readers;

/// <summary>
/// Converts a buffered value as the drivers convert theirs: PostgreSQL gives times as <see cref="DateTime"/>, SQLite gives
/// whole numbers, fractions, texts and bytes only.
/// </summary>
internal static class BufferedValue
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <exception cref="InvalidCastException">It is no such value.</exception>
    public static T As<T>(object value)
    {
        if (value is T typed)
        {
            return typed;
        }

        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        try
        {
            return value is DBNull
                ? default(T) is null && type != typeof(T) ? default! : throw new InvalidCastException("The value is null.")
                : (T)Convert(value, type);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InvalidCastException($"A {value.GetType().Name} in the result cannot be read as {type.Name}.", exception);
        }
    }

    private static object Convert(object value, Type type) => value switch
    {
        string text when type == typeof(Guid) => Guid.Parse(text),
        byte[] { Length: 16 } bytes when type == typeof(Guid) => new Guid(bytes),
        string text when type == typeof(DateTime) => DateTime.Parse(text, s_culture, DateTimeStyles.None),
        string text when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, s_culture, DateTimeStyles.AssumeUniversal),
        string text when type == typeof(DateOnly) => DateOnly.Parse(text, s_culture),
        string text when type == typeof(TimeOnly) => TimeOnly.Parse(text, s_culture),
        string text when type == typeof(TimeSpan) => TimeSpan.Parse(text, s_culture),
        string text when type == typeof(decimal) => decimal.Parse(text, NumberStyles.Number | NumberStyles.AllowExponent, s_culture),
        string text when type == typeof(char) && text.Length == 1 => text[0],
        string text when type == typeof(byte[]) => System.Text.Encoding.UTF8.GetBytes(text),
        DateTime time when type == typeof(DateTimeOffset) => new DateTimeOffset(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time),
        DateTime time when type == typeof(DateOnly) => DateOnly.FromDateTime(time),
        DateOnly date when type == typeof(DateTime) => date.ToDateTime(TimeOnly.MinValue),
        TimeSpan time when type == typeof(TimeOnly) => TimeOnly.FromTimeSpan(time),
        TimeOnly time when type == typeof(TimeSpan) => time.ToTimeSpan(),
        long number when type == typeof(bool) => number != 0,
        long or int or short or byte or double or float or decimal or bool or string when type.IsPrimitive || type == typeof(decimal) => System.Convert.ChangeType(value, type, s_culture),
        long or int or short or double or decimal when type == typeof(string) => ((IFormattable)value).ToString(null, s_culture),
        _ => throw new InvalidCastException($"A {value.GetType().Name} in the result cannot be read as {type.Name}."),
    };
}
