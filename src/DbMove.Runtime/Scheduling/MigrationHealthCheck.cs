using DbMove.Control;
using DbMove.Events;
using DbMove.Pool;

namespace DbMove.Scheduling;

/// <summary>Looks at a migration as a whole: both sides, intents, events, background work.</summary>
internal sealed class MigrationHealthCheck(MigrationContext context, DualWritePool pool, IntentCondition intents, IEventChannel events, IReadOnlyList<BackgroundWork> work)
{
    public async Task<MigrationHealth> CheckAsync(CancellationToken cancellationToken)
    {
        List<HealthEntry> entries = [.. (await pool.CheckHealthAsync(cancellationToken).ConfigureAwait(false)).Entries];
        if (entries.All(entry => entry.Status != HealthStatus.Unhealthy) && context.Stage.Last is { Stage: Stage.SourceFirst or Stage.TargetFirst } stage)
        {
            entries.Add(await TryAsync("intents", () => CheckIntentsAsync(stage, cancellationToken)).ConfigureAwait(false));
            entries.Add(await TryAsync("events", () => CheckEventsAsync(cancellationToken)).ConfigureAwait(false));
        }

        if (events is BrokeredEventChannel brokered)
        {
            entries.AddRange(await brokered.CheckHealthAsync(cancellationToken).ConfigureAwait(false));
        }

        foreach (BackgroundWork each in work)
        {
            // The stage and its loop, the events and theirs, are different things.
            string name = "loop_" + each.Name;
            entries.Add(each.RecentFailure is { } failure
                ? new(name, HealthStatus.Degraded, $"failed and was started again: {failure.Message}") { Failure = failure }
                : new(name, HealthStatus.Healthy, each.Detail));
        }

        return MigrationHealth.Of(entries);
    }

    private async Task<HealthEntry> TryAsync(string name, Func<Task<HealthEntry>> check)
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbMoveException || context.FailureOf(exception) is not null)
        {
            return new(name, HealthStatus.Degraded, exception.Message) { Failure = exception };
        }
    }

    private async Task<HealthEntry> CheckIntentsAsync(StageSnapshot stage, CancellationToken cancellationToken)
    {
        IReadOnlyList<GateCondition> conditions = await intents.CheckAsync(stage, stage.Stage, cancellationToken).ConfigureAwait(false);
        return new("intents", conditions.All(condition => condition.IsMet) ? HealthStatus.Healthy : HealthStatus.Degraded, string.Join(", ", conditions.Select(condition => condition.Detail)));
    }

    private async Task<HealthEntry> CheckEventsAsync(CancellationToken cancellationToken)
    {
        int dead = (await events.ListDeadAsync(1, cancellationToken).ConfigureAwait(false)).Count;
        long open = await events.CountOpenAsync(cancellationToken).ConfigureAwait(false);
        return new("events", dead == 0 ? HealthStatus.Healthy : HealthStatus.Degraded, dead == 0 ? $"{open} open" : $"{open} open, dead ones among them: list, retry or drop them");
    }
}
