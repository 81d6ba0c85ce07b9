using System.Buffers;
using System.ComponentModel;
using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DbMove.Mapping;

/// <summary>
/// Members that are arrays, as the text of a JSON array: what SQLite stores, and what PostgreSQL's arrays are made of. Each reading makes an
/// array of its own. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArrayText
{
    // The text is data in a column, never part of a page, and stays readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of an array.</summary>
    /// <param name="values">The member's value.</param>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <exception cref="InvalidDataException">An element is null, NaN or half a character.</exception>
    public static string Write(bool[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteBooleanValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(short[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteNumberValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(int[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteNumberValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(long[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteNumberValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(float[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteNumberValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(double[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteNumberValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(decimal[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteNumberValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(Guid[] values, string entity, string member) => Write(values, static (writer, value) => writer.WriteStringValue(value), entity, member);

    /// <inheritdoc cref="Write(bool[], string, string)"/>
    public static string Write(string[] values, string entity, string member) =>
        Write(values, static (writer, value) => writer.WriteStringValue(value ?? throw new ArgumentException("An element is null.")), entity, member);

    /// <summary>The array of a text.</summary>
    /// <param name="text">What the column holds.</param>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <exception cref="InvalidDataException">The text is no JSON array of such elements, or one of them is null.</exception>
    public static bool[] ReadBooleans(string text, string entity, string member) => Read(text, static element => element.GetBoolean(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static short[] ReadInt16s(string text, string entity, string member) => Read(text, static element => element.GetInt16(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static int[] ReadInt32s(string text, string entity, string member) => Read(text, static element => element.GetInt32(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static long[] ReadInt64s(string text, string entity, string member) => Read(text, static element => element.GetInt64(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static float[] ReadSingles(string text, string entity, string member) => Read(text, static element => element.GetSingle(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static double[] ReadDoubles(string text, string entity, string member) => Read(text, static element => element.GetDouble(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static decimal[] ReadDecimals(string text, string entity, string member) => Read(text, static element => element.GetDecimal(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static Guid[] ReadGuids(string text, string entity, string member) => Read(text, static element => element.GetGuid(), entity, member);

    /// <inheritdoc cref="ReadBooleans"/>
    public static string[] ReadStrings(string text, string entity, string member) =>
        Read(text, static element => element.GetString() ?? throw new FormatException(), entity, member);

    /// <summary>The text of an array that a driver gives, from a statement that did not ask for the text.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The place of the array in it.</param>
    /// <param name="text">The text; null when an element is null, or of none of the types.</param>
    /// <returns>Whether the column is an array at all.</returns>
    public static bool TryRead(DbDataReader row, int column, out string? text)
    {
        ArgumentNullException.ThrowIfNull(row);
        text = null;
        if (!typeof(Array).IsAssignableFrom(row.GetFieldType(column)))
        {
            return false;
        }

        try
        {
            const string Result = "result";
            string name = row.GetName(column);
            text = row.GetValue(column) switch
            {
                bool[] values => Write(values, Result, name),
                short[] values => Write(values, Result, name),
                int[] values => Write(values, Result, name),
                long[] values => Write(values, Result, name),
                float[] values => Write(values, Result, name),
                double[] values => Write(values, Result, name),
                decimal[] values => Write(values, Result, name),
                Guid[] values => Write(values, Result, name),
                string?[] values => values.Contains(null) ? null : Write(values!, Result, name),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException)
        {
            // The driver's word for a null in an array of values that have none.
        }

        return true;
    }

    private static string Write<T>(T[] values, Action<Utf8JsonWriter, T> write, string entity, string member)
    {
        ArrayBufferWriter<byte> buffer = new();
        try
        {
            using Utf8JsonWriter writer = new(buffer, s_options);
            writer.WriteStartArray();
            foreach (T value in values)
            {
                write(writer, value);
            }

            writer.WriteEndArray();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{entity}.{member} cannot be stored: one of its elements is null, no number, or half a character.", exception);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static T[] Read<T>(string text, Func<JsonElement, T> read, string entity, string member)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            T[] values = new T[document.RootElement.GetArrayLength()];
            int next = 0;
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                values[next++] = read(element);
            }

            return values;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Without the cause: it may quote the text.
            throw new InvalidDataException($"{entity}.{member} cannot be read: its column holds no list of values of its type, or one with a null. Correct the row.");
        }
    }
}
