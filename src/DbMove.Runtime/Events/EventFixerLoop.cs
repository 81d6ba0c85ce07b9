using System.Diagnostics;
using DbMove.Control;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;
using DbMove.Telemetry;
using Microsoft.Extensions.Logging;

namespace DbMove.Events;

/// <summary>
/// Consumers that repair the keys of events. The direction is the current stage's, never the event's; an event is done
/// when its repair is committed, and one that can never be done is dead and does not hold up the others.
/// </summary>
internal sealed class EventFixerLoop(MigrationContext context, KeyRepairer repairer, IEventChannel channel)
{
    private EventOptions Options => context.Options.Events;

    /// <summary>Repairs until cancelled. A consumer that cannot go on ends all of them with its exception, so that it is noticed.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => WorkerGroup.RunAsync(Options.Consumers, ConsumeAsync, cancellationToken);

    /// <summary>
    /// Takes and repairs one event. A failure that passes goes to the caller, who holds itself back; the event is back in
    /// the channel then, and has not come nearer to its end.
    /// </summary>
    /// <returns>False: there was none, or the stage is not a dual one.</returns>
    public async Task<bool> RunOnceAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.GetForWriteAsync(cancellationToken).ConfigureAwait(false);
        if (!stage.Stage.IsDual())
        {
            // Left in the channel: a way back into a dual stage needs it, and tries now would only kill it.
            await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
            return false;
        }

        if (await channel.ReceiveAsync(wait, cancellationToken).ConfigureAwait(false) is not { } delivery)
        {
            return false;
        }

        await HandleAsync(delivery, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        int failures = 0;
        while (true)
        {
            try
            {
                bool worked = await RunOnceAsync(Options.PollInterval, cancellationToken).ConfigureAwait(false);
                if (worked)
                {
                    // Not where none came: the event that failed may only be away for its delay.
                    failures = 0;
                }
                else if (context.Stage.Last is { } stage && !stage.Stage.IsDual())
                {
                    await Task.Delay(Options.PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is EventChannelException || context.IsPassing(exception)))
            {
                TimeSpan delay = RetryDelay.After(++failures);

                // Once for an outage; the tries after that are for whoever looks closer.
                EventLog.Waiting(context.Logger, failures == 1 ? LogLevel.Warning : LogLevel.Debug, exception, context.Name, (long)delay.TotalMilliseconds);
                await Task.Delay(delay, context.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        using Activity? activity = context.Tracing.Start("dbmove.event", ActivityKind.Consumer);
        activity.SetStage(context.Stage.Last);
        activity.AddEntity(context.FindEntity(delivery.Event.Entity)?.Name ?? "unknown");
        activity.SetWord("dbmove.kind", delivery.Event.Kind.ToWireName(delivery.Event.Base));
        activity.SetCount("dbmove.keys", delivery.Event.Keys.Count);
        activity.SetCount("dbmove.event.attempts", delivery.Event.Attempts);
        try
        {
            string outcome = await SettleAsync(delivery, cancellationToken).ConfigureAwait(false);
            activity.SetWord("dbmove.outcome", outcome);
            if (outcome != "done")
            {
                activity?.SetStatus(ActivityStatusCode.Error);
            }
        }
        catch (Exception exception) when (activity.Fails(exception))
        {
            throw;
        }
    }

    /// <summary>Returns what became of it: <c>done</c>, <c>again</c> or <c>dead</c>.</summary>
    private async Task<string> SettleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        InconsistencyEvent received = delivery.Event;
        if (Refuse(received) is { } refusal)
        {
            EventLog.Dead(context.Logger, context.Name, received.Id, received.Entity, refusal);
            await delivery.GiveUpAsync(refusal, cancellationToken).ConfigureAwait(false);
            return "dead";
        }

        EntityBinding entity = context.FindEntity(received.Entity)!;
        string? reason;
        try
        {
            RepairReport report = await RepairAsync(entity, delivery, cancellationToken).ConfigureAwait(false);
            reason = report.Failed.Count > 0 ? $"{report.Failed.Count} keys were refused, the first: {report.Failed[0].Reason}"
                : report.Unsettled > 0 ? $"{report.Unsettled} keys are not settled yet"
                : null;
            if (reason is null)
            {
                EventLog.Done(context.Logger, context.Name, received.Id, received.Keys.Count, received.Entity, report.Repaired, report.AlreadyConsistent);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is EventChannelException || context.IsPassing(exception)))
        {
            // With a side away every event fails. Counted, all of them would be dead long before it is back.
            EventLog.Returned(context.Logger, exception, context.Name, received.Id, received.Entity);
            if (!await delivery.ReturnAsync(Options.RetryDelay, cancellationToken).ConfigureAwait(false))
            {
                EventLog.LeaseLost(context.Logger, context.Name, received.Id);
            }

            throw;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && (exception is DbMoveException || context.FailureOf(exception) is not null))
        {
            reason = exception.Message;
        }

        if (reason is not null)
        {
            TimeSpan delay = RetryDelay.After(received.Attempts, Options.RetryDelay, Options.MaximumRetryDelay, Random.Shared.NextDouble());
            EventLog.Again(context.Logger, context.Name, received.Id, received.Entity, delay, reason);
            await delivery.RetryAsync(reason, delay, cancellationToken).ConfigureAwait(false);
            return "again";
        }

        await context.Probes.ReachAsync(ProbePoint.EventsRepaired, cancellationToken).ConfigureAwait(false);
        await CompleteAsync(delivery, cancellationToken).ConfigureAwait(false);
        return "done";
    }

    private async Task CompleteAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        if (!await delivery.CompleteAsync(cancellationToken).ConfigureAwait(false))
        {
            EventLog.LeaseLost(context.Logger, context.Name, delivery.Event.Id);
        }
    }

    private string? Refuse(InconsistencyEvent received)
    {
        if (received.Migration != context.Name)
        {
            return $"it belongs to migration '{received.Migration}'";
        }

        if (received.Keys.Count == 0)
        {
            // What was left of a message that could not be read: to call it done would drop what nobody has looked at.
            return "it names no keys";
        }

        return context.FindEntity(received.Entity) is not { } entity ? $"this process has no entity '{received.Entity}'"
            : received.Keys.All(entity.IsKey) ? null
            : $"not every key is one of '{received.Entity}'";
    }

    private async Task<RepairReport> RepairAsync(EntityBinding entity, EventDelivery delivery, CancellationToken cancellationToken)
    {
        RepairReport report = RepairReport.Empty;
        bool isFirst = true;
        foreach (string[] batch in delivery.Event.Keys.Chunk(context.Options.Repair.BatchSize))
        {
            if (!isFirst)
            {
                // Where another has it by now this one goes on all the same: if each gave way to the next, none would ever get to the end.
                await delivery.ExtendAsync(cancellationToken).ConfigureAwait(false);
                await context.Probes.ReachAsync(ProbePoint.EventsExtended, cancellationToken).ConfigureAwait(false);
            }

            isFirst = false;
            RepairKeys asked = new();
            foreach (string key in batch)
            {
                asked.Add(entity, key);
            }

            report = report.Add(await repairer.RepairAsync(asked, cancellationToken).ConfigureAwait(false));
        }

        return report;
    }
}
