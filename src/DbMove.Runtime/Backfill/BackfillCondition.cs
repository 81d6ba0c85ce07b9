using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Backfill;

/// <summary>Before the target decides, it must have received everything. The way back does not ask for it.</summary>
internal sealed class BackfillCondition(BackfillRunner backfill) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        if (to.Authority() != Side.Target)
        {
            return [];
        }

        bool complete = await backfill.IsCompleteAsync(stage.DualSince, cancellationToken).ConfigureAwait(false);
        return [new("backfill_complete", complete, complete ? "every range is done" : "not complete since dual writing began")];
    }
}
