using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>Validation's part in the gate: a clean full pass begun after the last switch, and every repaired key verified since.</summary>
internal sealed class ValidationCondition(ValidationRunner validation) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        ValidationGateFacts facts = await validation.ReadGateFactsAsync(stage, cancellationToken).ConfigureAwait(false);
        long repairs = await validation.CountUnverifiedAsync("repair", cancellationToken).ConfigureAwait(false);
        return
        [
            new("full_validation_clean", facts.IsClean(to), facts.Describe(to)),
            new("repairs_verified", repairs == 0, $"{repairs} repaired keys wait for verification"),
        ];
    }
}
