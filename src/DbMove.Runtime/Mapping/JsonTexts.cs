using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DbMove.Mapping;

/// <summary>A list of texts as a JSON array, without a serializer.</summary>
internal static class JsonTexts
{
    public static string Write(IEnumerable<string> texts)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartArray();
            foreach (string text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="FormatException">The text is not a JSON array of strings.</exception>
    public static List<string> Read(string json)
    {
        List<string> texts = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                texts.Add(element.GetString() ?? throw new FormatException("A JSON array of strings holds a null."));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("The text is not a JSON array of strings.", exception);
        }

        return texts;
    }
}
