using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>Every key that was repaired must have been found equal since.</summary>
internal sealed class VerifiedRepairsCondition(ValidationRunner validation) : IGateCondition
{
    public async Task<GateCondition?> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        long waiting = await validation.CountUnverifiedAsync("repair", cancellationToken).ConfigureAwait(false);
        return new("repairs_verified", waiting == 0, $"{waiting} repaired keys are not verified yet");
    }
}
