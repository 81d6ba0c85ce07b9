using System.Text.Json.Serialization;

namespace DbMove.AspNetCore.Answers;

/// <summary>Writes answers; every member is always there, null where there is nothing to say.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(StatsAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(WorkAnswer))]
internal sealed partial class AnswersJson : JsonSerializerContext;
