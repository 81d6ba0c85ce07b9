using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DbMove.Mapping;

/// <summary>A value that is compared by its JSON: by what it says, whatever the order of properties and the form of numbers. For generated code.</summary>
/// <param name="value">The value.</param>
/// <param name="type">How it is written.</param>
/// <typeparam name="T">The member's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonValue<T>(T value, JsonTypeInfo<T> type) : IEquatable<JsonValue<T>>
{
    private readonly T _value = value;
    private readonly JsonTypeInfo<T> _type = type;

    /// <summary>The value's JSON, as the serializer writes it.</summary>
    /// <exception cref="InvalidDataException">The value has no JSON.</exception>
    internal string Text
    {
        get
        {
            try
            {
                return JsonSerializer.Serialize(_value, _type);
            }
            catch (Exception exception) when (ValueRefusal.Is(exception))
            {
                throw new InvalidDataException($"A {typeof(T)} cannot be compared by its JSON: its value has none.", exception);
            }
        }
    }

    /// <summary>Whether two values are equal.</summary>
    public static bool operator ==(JsonValue<T> left, JsonValue<T> right) => left.Equals(right);

    /// <summary>Whether two values are not equal.</summary>
    public static bool operator !=(JsonValue<T> left, JsonValue<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(JsonValue<T> other) => JsonComparison.AreEqual(Text, other.Text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonValue<T> other && Equals(other);

    /// <summary>Not for dictionaries: equal values may be written in many forms, so all have one hash.</summary>
    public override int GetHashCode() => 0;
}
