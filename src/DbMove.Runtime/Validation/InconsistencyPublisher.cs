using DbMove.Control;
using DbMove.Dialects;
using DbMove.Events;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>Hands confirmed inconsistencies to the event channel, one event per entity, kind and at most 1,000 keys.</summary>
internal sealed class InconsistencyPublisher(MigrationContext context, IEventChannel channel)
{
    /// <summary>
    /// Publishes while the fences are held under which the differences were confirmed: what the target keeps, in the transaction
    /// that was given, which the caller commits; what another channel keeps, before this returns.
    /// </summary>
    /// <exception cref="EventChannelException">The channel did not take them.</exception>
    public async Task PublishAsync(SideSession target, EntityBinding entity, StageSnapshot stage, IEnumerable<KeyFinding> differences, CancellationToken cancellationToken)
    {
        InconsistencyEvent[] events =
        [
            .. from kind in differences.GroupBy(finding => KindOf(finding, stage.Follower))
               from keys in kind.Chunk(InconsistencyEvent.MaximumKeys)
               select new InconsistencyEvent
               {
                   Id = Guid.CreateVersion7(context.Time.GetUtcNow()).ToString("N"),
                   Migration = context.Name,
                   Entity = entity.Name,
                   Kind = kind.Key,
                   Base = stage.Authority,
                   Keys = [.. keys.Select(finding => finding.Key)],
                   CreatedAt = context.Time.GetUtcNow(),
               },
        ];
        await (channel is TableEventChannel table ? table.StoreAsync(target, events, cancellationToken) : channel.PublishAsync(events, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>They are published for good: says so to whoever waits for them, and counts them.</summary>
    public async Task AnnounceAsync(EntityBinding entity, StageSnapshot stage, IEnumerable<KeyFinding> differences, CancellationToken cancellationToken)
    {
        foreach (IGrouping<InconsistencyKind, KeyFinding> kind in differences.GroupBy(finding => KindOf(finding, stage.Follower)))
        {
            ValidationLog.Confirmed(context.Logger, context.Name, kind.Count(), entity.Name, kind.Key, KeyFinding.Sample(kind));
            foreach (KeyFinding _ in kind)
            {
                context.Metrics.Inconsistency(entity.Name, kind.Key.ToWireName(stage.Authority));
            }
        }

        if (channel is TableEventChannel table)
        {
            await table.AnnounceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A verdict, which speaks of the follower, as a kind, which speaks of the sides.</summary>
    public static InconsistencyKind KindOf(KeyFinding finding, Side follower) => finding.Verdict switch
    {
        KeyVerdict.MissingOnFollower => InconsistencyKindExtensions.MissingOn(follower),
        KeyVerdict.ExtraOnFollower => InconsistencyKindExtensions.MissingOn(follower.Other()),
        _ => InconsistencyKind.Different,
    };
}
