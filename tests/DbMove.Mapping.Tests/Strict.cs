using System.Text.Json.Serialization;

namespace DbMove.Mapping.Tests;

/// <summary>A JSON type whose constructor fails in several ways.</summary>
public sealed record Strict(string Kind, int Share)
{
    public int Part { get; } = Kind.Length switch
    {
        1 => 100 / Share,
        4 => throw new ArgumentException("It must not be " + Kind, nameof(Kind)),
        _ => new Dictionary<string, int>()[Kind],
    };
}

[JsonDerivedType(typeof(Circle), "circle")]
public abstract record Shape;

public sealed record Circle : Shape;

/// <summary>Unknown to the serializer.</summary>
public sealed record Square : Shape;

[JsonSerializable(typeof(Strict)), JsonSerializable(typeof(Shape))]
internal sealed partial class StrictJson : JsonSerializerContext;
