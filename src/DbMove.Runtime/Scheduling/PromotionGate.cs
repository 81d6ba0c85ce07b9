using DbMove.Control;

namespace DbMove.Scheduling;

/// <summary>The named conditions that a switch needs (DESIGN §3.8): those of every step, and those of moving the authority.</summary>
internal sealed class PromotionGate(IReadOnlyList<IGateCondition> always, IReadOnlyList<IGateCondition> moving, IReadOnlyList<IGateCondition> slow)
{
    /// <summary>Every condition that this step needs, met or not.</summary>
    public Task<GateReport> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken) =>
        CheckAsync(stage, to, to > stage.Stage || StageTransitions.MovesAuthority(stage.Stage, to) ? [.. always, .. slow] : always, cancellationToken);

    private async Task<GateReport> CheckAsync(StageSnapshot stage, Stage to, IEnumerable<IGateCondition> conditions, CancellationToken cancellationToken)
    {
        List<GateCondition> answers = [];
        foreach (IGateCondition condition in StageTransitions.MovesAuthority(stage.Stage, to) ? conditions.Concat(moving) : conditions)
        {
            answers.AddRange(await condition.CheckAsync(stage, to, cancellationToken).ConfigureAwait(false));
        }

        return new(stage.Stage, to, answers);
    }
}
