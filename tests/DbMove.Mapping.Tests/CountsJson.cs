using System.Text.Json.Serialization;

namespace DbMove.Mapping.Tests;

[JsonSerializable(typeof(Dictionary<string, decimal>))]
internal sealed partial class CountsJson : JsonSerializerContext;
