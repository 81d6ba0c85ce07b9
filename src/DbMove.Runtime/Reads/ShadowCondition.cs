using DbMove.Control;
using DbMove.Dialects;
using DbMove.Fleet;
using DbMove.Scheduling;

namespace DbMove.Reads;

/// <summary>The shadow reads' part in the gate.</summary>
internal sealed class ShadowCondition(ShadowRate rate, FleetRoll fleet) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken) =>
        [rate.Judge(stage, to, await fleet.ListAsync(stage, cancellationToken).ConfigureAwait(false))];

    /// <summary>The same behind the fences, on the switch's own session.</summary>
    public async Task<GateCondition> CheckFencedAsync(StageSnapshot stage, Stage to, SideSession authority, CancellationToken cancellationToken) =>
        rate.Judge(stage, to, await fleet.ListAsync(authority, cancellationToken).ConfigureAwait(false));
}
