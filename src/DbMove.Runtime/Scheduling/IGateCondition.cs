using DbMove.Control;

namespace DbMove.Scheduling;

/// <summary>A condition for moving the authority that a room contributes to the gate.</summary>
internal interface IGateCondition
{
    /// <summary>The condition as it stands; null when it does not concern this step.</summary>
    Task<GateCondition?> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken);
}
