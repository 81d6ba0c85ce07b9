using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>No confirmed inconsistency may wait for its repair, dead ones included. A channel out of reach may hold one.</summary>
internal sealed class OpenEventsCondition(IEventChannel channel) : IGateCondition
{
    public async Task<GateCondition?> CheckAsync(StageSnapshot stage, Stage to, CancellationToken cancellationToken)
    {
        try
        {
            long open = await channel.CountOpenAsync(cancellationToken).ConfigureAwait(false);
            return new("no_open_events", open == 0, $"{open} open");
        }
        catch (EventChannelException exception)
        {
            return new("no_open_events", false, exception.Message);
        }
    }
}
