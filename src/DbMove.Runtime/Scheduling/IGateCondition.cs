using DbMove.Control;

namespace DbMove.Scheduling;

/// <summary>What a room contributes to the gate.</summary>
internal interface IGateCondition
{
    /// <summary>The conditions as they stand; none when they do not concern this step.</summary>
    Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken);
}
