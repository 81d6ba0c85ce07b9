using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>The newest full validation must be clean, begun after the last switch and, towards the target, after the backfill.</summary>
internal sealed class ValidationCondition(ValidationRunner validation) : IGateCondition
{
    public async Task<GateCondition?> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        ValidationGateFacts facts = await validation.ReadGateFactsAsync(stage, cancellationToken).ConfigureAwait(false);
        return new("full_validation_clean", facts.IsClean(to), facts.Describe(to));
    }
}
