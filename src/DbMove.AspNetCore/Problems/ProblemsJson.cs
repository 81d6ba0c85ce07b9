using System.Text.Json.Serialization;

namespace DbMove.AspNetCore.Problems;

/// <summary>Writes problems; a member that does not concern one is left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemsJson : JsonSerializerContext;
