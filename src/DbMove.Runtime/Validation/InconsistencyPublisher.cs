using DbMove.Control;
using DbMove.Mapping;
using DbMove.Repair;
using DbMove.Scheduling;

namespace DbMove.Validation;

/// <summary>Hands confirmed inconsistencies to the event channel, one event per entity, kind and at most 1,000 keys.</summary>
internal sealed class InconsistencyPublisher(MigrationContext context, IEventChannel channel)
{
    /// <summary>Publishes; returns when the channel keeps them.</summary>
    /// <exception cref="EventChannelException">The channel did not take them.</exception>
    public async Task PublishAsync(EntityBinding entity, StageSnapshot stage, IReadOnlyList<KeyFinding> findings, CancellationToken cancellationToken)
    {
        List<InconsistencyEvent> events = [];
        foreach (IGrouping<InconsistencyKind, KeyFinding> kind in findings.GroupBy(finding => KindOf(finding, stage.Follower)))
        {
            ValidationLog.Confirmed(context.Logger, context.Name, kind.Count(), entity.Name, kind.Key);
            foreach (KeyFinding[] batch in kind.Chunk(InconsistencyEvent.MaximumKeys))
            {
                events.Add(new InconsistencyEvent
                {
                    Id = Guid.CreateVersion7(context.Time.GetUtcNow()).ToString("N"),
                    Migration = context.Name,
                    Entity = entity.Name,
                    Kind = kind.Key,
                    Base = stage.Authority,
                    Keys = [.. batch.Select(finding => finding.Key)],
                    CreatedAt = context.Time.GetUtcNow(),
                });
            }

            foreach (KeyFinding _ in kind)
            {
                context.Metrics.Inconsistency(entity.Name, kind.Key.ToWireName(stage.Authority));
            }
        }

        await channel.PublishAsync(events, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A verdict, which speaks of the follower, as a kind, which speaks of the sides.</summary>
    public static InconsistencyKind KindOf(KeyFinding finding, Side follower) => finding.Verdict switch
    {
        KeyVerdict.MissingOnFollower => InconsistencyKindExtensions.MissingOn(follower),
        KeyVerdict.ExtraOnFollower => InconsistencyKindExtensions.MissingOn(follower.Other()),
        _ => InconsistencyKind.Different,
    };
}
