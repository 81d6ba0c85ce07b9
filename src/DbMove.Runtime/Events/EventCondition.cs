using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>The channel's part in the gate: no event is waiting, delivered or dead.</summary>
internal sealed class EventCondition(IEventChannel channel) : IGateCondition
{
    public async Task<IReadOnlyList<GateCondition>> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        try
        {
            long open = await channel.CountOpenAsync(cancellationToken).ConfigureAwait(false);
            return [new("no_open_events", open == 0, $"{open} open")];
        }
        catch (EventChannelException)
        {
            return [new("no_open_events", false, "the event channel does not answer; health and the log say why")];
        }
    }
}
