using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Backfill;

/// <summary>Before the target decides, it must have received everything. On the way back there is nothing to backfill.</summary>
internal sealed class BackfillCondition(BackfillRunner backfill) : IGateCondition
{
    public async Task<GateCondition?> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        if (to != Stage.TargetFirst)
        {
            return null;
        }

        bool isComplete = await backfill.IsCompleteAsync(stage.DualSince, cancellationToken).ConfigureAwait(false);
        return new("backfill_complete", isComplete, isComplete ? "every range of every entity" : "ranges are not copied yet");
    }
}
