using System.Text.Json.Serialization;

namespace DbMove.Nats.Messages;

/// <summary>JSON of the messages, generated.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireEvent))]
[JsonSerializable(typeof(WireVersion))]
[JsonSerializable(typeof(PublishAnswer))]
internal sealed partial class WireContext : JsonSerializerContext;
