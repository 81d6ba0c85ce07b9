using System.Text.Json.Serialization;

namespace DbMove.AspNetCore.Requests;

/// <summary>Reads bodies strictly: a misspelt member must not be taken for its absence.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(SwitchRequest))]
[JsonSerializable(typeof(WorkRequest))]
internal sealed partial class RequestsJson : JsonSerializerContext;
