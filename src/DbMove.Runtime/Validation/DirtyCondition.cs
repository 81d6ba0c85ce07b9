using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>No entity is marked dirty: of every row that changed, the key was known, or a clean full pass has come since.</summary>
internal sealed class DirtyCondition(DirtyRanges ranges) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken) =>
        [DirtyRanges.Describe(await ranges.ReadAsync(cancellationToken).ConfigureAwait(false))];
}
