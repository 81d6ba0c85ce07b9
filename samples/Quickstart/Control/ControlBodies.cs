using System.Text.Json.Serialization;

namespace Quickstart.Control;

// The members of the control plane's answers that the journey reads; docs/control.md has all of them.
internal sealed record StatusBody(string Stage, long Epoch, FigureBody? Intents, FigureBody? Events);

internal sealed record StatsBody(BackfillBody Backfill, FullBody Full);

internal sealed record SwitchBody(long Epoch, double WritePauseSeconds, GateBody Gate);

internal sealed record GateBody(IReadOnlyList<ConditionBody> Conditions);

internal sealed record ConditionBody(string Name, bool IsMet, string Detail);

internal sealed record FigureBody(long Open);

internal sealed record BackfillBody(string State);

internal sealed record FullBody(bool IsRunning);

internal sealed record ProblemBody(string Type, string Title, string Detail);

internal sealed record ReasonBody(string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(StatsBody))]
[JsonSerializable(typeof(SwitchBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(ReasonBody))]
internal sealed partial class ControlJson : JsonSerializerContext;
