using DbMove.Control;
using DbMove.Dialects;

namespace DbMove.Scheduling;

/// <summary>
/// A condition of the caller's own, asked where the gate is asked last: behind the authority's exclusive fence, before a row
/// is written. It must not open a session: every other one may be held by a writer that waits for the switch.
/// </summary>
/// <param name="stage">The stage that is left.</param>
/// <param name="authority">The authority's session, in the switch's transaction.</param>
/// <param name="target">The target's session; the same one where the target is the authority.</param>
/// <param name="cancellationToken">Cancels; ends with the pause budget.</param>
internal delegate Task<GateCondition> FencedCondition(StageSnapshot stage, SideSession authority, SideSession target, CancellationToken cancellationToken);
