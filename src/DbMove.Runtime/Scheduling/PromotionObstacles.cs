using DbMove.Control;
using DbMove.Dialects;
using DbMove.Pool;
using DbMove.Validation;

namespace DbMove.Scheduling;

/// <summary>What stands against a promotion that nobody watches, besides the gate: whatever a person would want to see first.</summary>
internal sealed class PromotionObstacles(
    MigrationContext context, ValidationRunner validation, IntentCondition intents, IEventChannel events, Func<CancellationToken, Task<MigrationHealth>> checkHealth)
{
    /// <summary>The first obstacle, in words; null: none.</summary>
    public async Task<string?> FindAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        MigrationHealth health = await checkHealth(cancellationToken).ConfigureAwait(false);
        if (health.Entries.FirstOrDefault(entry => entry.Status == health.Status) is { Status: not HealthStatus.Healthy } worst)
        {
            return $"the migration is {(worst.Status == HealthStatus.Unhealthy ? "unhealthy" : "degraded")}: {worst.Name}{(worst.Failure is null ? ": " + worst.Detail : "; health and the log say why")}";
        }

        if (stage.Stage == Stage.Initial)
        {
            // No control tables yet, and nothing that could stand in them.
            return null;
        }

        // For every step, also those whose gate does not ask for it.
        if (await validation.ReadLastAsync(cancellationToken).ConfigureAwait(false) is { State: not ValidationState.Clean } pass)
        {
            return pass.State == ValidationState.Running
                ? "a full validation is under way, or its process died"
                : $"the last full validation is {ValidationStateNames.Of(pass.State)}: {pass.Detail}";
        }

        if (await intents.SummarizeAsync(stage, cancellationToken).ConfigureAwait(false) is { Parked: > 0 } parked)
        {
            return $"{parked.Parked} intents are parked";
        }

        return (await events.ListDeadAsync(1, cancellationToken).ConfigureAwait(false)).Count > 0 ? "a dead event waits for a decision" : null;
    }

    /// <summary>
    /// Whether the step was taken back since it was last taken, by the audit of both sides: then it is for a person. The
    /// audit is the databases', so every process and every restart agrees.
    /// </summary>
    public async Task<bool> IsTakenBackAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        if (stage.Stage == Stage.Initial)
        {
            return false;
        }

        AuditStore audit = new(context.Names);
        (long forward, long backward) = (-1, -1);
        foreach (Side side in (Side[])[Side.Source, Side.Target])
        {
            SideSession session = await context.Database(side).OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                forward = Math.Max(forward, await audit.ReadLastEpochAsync(session, stage.Stage, to, cancellationToken).ConfigureAwait(false));
                backward = Math.Max(backward, await audit.ReadLastEpochAsync(session, to, stage.Stage, cancellationToken).ConfigureAwait(false));
            }
        }

        return backward > forward;
    }
}
