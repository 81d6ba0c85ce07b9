using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DbMove.Mapping;

/// <summary>Values of members with <see cref="JsonAttribute{TContext}"/>. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonColumn
{
    /// <summary>How the context's generated code writes and reads a type.</summary>
    /// <param name="context">The context.</param>
    /// <typeparam name="T">The member's type.</typeparam>
    /// <exception cref="InvalidOperationException">The context does not know the type.</exception>
    public static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerContext context) => context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new InvalidOperationException($"{context.GetType()} does not know {typeof(T)}. Give it [JsonSerializable(typeof(…))] for that type.");

    /// <summary>The JSON of a value.</summary>
    /// <param name="value">The member's value.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <exception cref="InvalidDataException">The value has no JSON, such as NaN, or its type's own code refuses.</exception>
    public static string ToStored<T>(T value, JsonTypeInfo<T> type, string entity, string member)
    {
        try
        {
            return JsonSerializer.Serialize(value, type);
        }
        catch (Exception exception) when (ValueRefusal.Is(exception))
        {
            throw new InvalidDataException($"{entity}.{member} cannot be stored: its value has no JSON.", exception);
        }
    }

    /// <summary>The value of a JSON text.</summary>
    /// <param name="stored">What the column holds.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="entity">The entity's name in code.</param>
    /// <param name="member">The member's name in code.</param>
    /// <exception cref="InvalidDataException">The text is not the JSON of such a value, the type's own code refuses it, or it is the JSON null.</exception>
    public static T FromStored<T>(string stored, JsonTypeInfo<T> type, string entity, string member)
    {
        Exception? cause = null;
        string kind = "null";
        try
        {
            if (JsonSerializer.Deserialize(stored, type) is { } value)
            {
                return value;
            }
        }
        catch (Exception exception) when (ValueRefusal.Is(exception))
        {
            // The serializer's message quotes no more than a path and a position, but a converter's or a constructor's may quote the text.
            cause = exception is JsonException { InnerException: null } ? exception : null;
            kind = exception.GetType().Name;
        }

        throw new InvalidDataException(
            $"{entity}.{member} cannot be read: its column holds a text that is not the JSON of its type, that the type's own code refuses, or the JSON null ({kind}). Correct the row.", cause);
    }
}
