using DbMove.Control;
using DbMove.Fleet;
using DbMove.Pool;

namespace DbMove.Scheduling;

/// <summary>Gathers where a migration stands from every room.</summary>
internal sealed class StatusReader(
    MigrationContext context, IntentCondition intents, BackfillRunner backfill, ValidationRunner validation, IEventChannel events, PromotionGate gate, AutoPromotion autoPromotion,
    FleetRoll fleet, MigrationReads reads)
{
    public async Task<MigrationStatus> ReadAsync(CancellationToken cancellationToken)
    {
        StageSnapshot stage = await context.Stage.RefreshAsync(bothSides: false, cancellationToken).ConfigureAwait(false);
        bool hasTables = stage.Stage != Stage.Initial;
        return new MigrationStatus(
            context.Name,
            stage.Stage,
            stage.Epoch,
            hasTables ? await context.TranslateAsync(() => intents.SummarizeAsync(stage, cancellationToken)).ConfigureAwait(false) : null,
            backfill.Progress,
            stage.IsIncremental,
            hasTables ? await TryAsync(() => validation.ReadLastAsync(cancellationToken)).ConfigureAwait(false) : null,
            hasTables ? await TryAsync(() => SummarizeEventsAsync(cancellationToken)).ConfigureAwait(false) : null,
            StageTransitions.Next(stage.Stage) is { } next ? await TryAsync(async () => await gate.CheckAsync(stage, next, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false) : null)
        {
            AutoPromotion = autoPromotion.StatusIn(stage),
            Instances = await TryAsync(async () => await fleet.ListAsync(stage, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false) ?? [],
            Reads = reads.Status,
        };
    }

    private async Task<EventSummary?> SummarizeEventsAsync(CancellationToken cancellationToken)
    {
        long open = await events.CountOpenAsync(cancellationToken).ConfigureAwait(false);
        int dead = open == 0 ? 0 : (await events.ListDeadAsync(EventSummary.DeadLimit, cancellationToken).ConfigureAwait(false)).Count;
        return new(open, dead);
    }

    /// <summary>What needs a side that is away is left out of the status: what the authority knows is always visible.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EventChannelException || context.IsPassing(exception))
        {
            return null;
        }
    }
}
