using DbMove.Control;
using DbMove.Dialects;
using DbMove.Events;
using DbMove.Pool;
using DbMove.Validation;

namespace DbMove.Scheduling;

/// <summary>What stands against a promotion that nobody watches, besides the gate: whatever a person would want to see first.</summary>
internal sealed class PromotionObstacles(
    MigrationContext context, ValidationRunner validation, IntentCondition intents, IEventChannel events, Func<CancellationToken, Task<MigrationHealth>> checkHealth)
{
    private readonly PassStore _passes = new(context.Database(Side.Target).Syntax, context.Names);
    private readonly EventStore _events = new(context.Database(Side.Target).Syntax, context.Names);

    /// <summary>The first obstacle, in words; null: none.</summary>
    public async Task<string?> FindAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        MigrationHealth health = await checkHealth(cancellationToken).ConfigureAwait(false);

        // This text is in the status. What is not DbMove's own may hold a driver's words, or an address.
        if (health.Entries.FirstOrDefault(entry => entry.Status == health.Status) is { Status: not HealthStatus.Healthy } worst)
        {
            return $"the migration is {(worst.Status == HealthStatus.Unhealthy ? "unhealthy" : "degraded")}: {worst.Name}{(worst is { Failure: null, Name: "intents" or "events" } ? ": " + worst.Detail : "; health and the log say why")}";
        }

        if (stage.Stage == Stage.Initial)
        {
            // No control tables yet, and nothing that could stand in them.
            return null;
        }

        ValidationPass? pass = await validation.ReadLastAsync(cancellationToken).ConfigureAwait(false);
        IntentSummary open = await intents.SummarizeAsync(stage, cancellationToken).ConfigureAwait(false);
        return Describe(pass, open, (await events.ListDeadAsync(1, cancellationToken).ConfigureAwait(false)).Count);
    }

    /// <summary>
    /// The same behind the fence, on the switch's own sessions, but for health: that needs sessions of its own, and the
    /// switch has just shown that both sides answer.
    /// </summary>
    public async Task<string?> FindFencedAsync(StageSnapshot stage, SideSession authority, SideSession target, CancellationToken cancellationToken)
    {
        ValidationPass? pass = await _passes.ReadLastAsync(target, cancellationToken).ConfigureAwait(false);
        IntentSummary open = await context.Intents[(int)stage.Authority].SummarizeAsync(authority, cancellationToken).ConfigureAwait(false);
        return Describe(pass, open, (await _events.ListDeadAsync(target, 1, cancellationToken).ConfigureAwait(false)).Count);
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

    /// <summary>For every step, also those whose gate does not ask for it.</summary>
    private static string? Describe(ValidationPass? pass, IntentSummary intents, int dead) => pass switch
    {
        { State: ValidationState.Running } => "a full validation is under way, or its process died",
        { State: not ValidationState.Clean } => $"the last full validation is {ValidationStateNames.Of(pass.State)}: {pass.Detail}",
        _ => intents.Parked > 0 ? $"{intents.Parked} intents are parked" : dead > 0 ? "a dead event waits for a decision" : null,
    };
}
