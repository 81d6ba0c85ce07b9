using DbMove.Control;
using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>Counts the open and the dead events for the metrics. A loop of its own, because a target that is away must hold up nothing else.</summary>
internal sealed class EventFiguresLoop(MigrationContext context, TableEventChannel channel)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(context.Options.PollInterval, context.Time);
        do
        {
            try
            {
                context.Metrics.Seen(context.Stage.Last is { } stage && stage.Stage != Stage.Initial ? await channel.CountAsync(cancellationToken).ConfigureAwait(false) : null);
            }
            catch (EventChannelException)
            {
                // Health tells of a target that is away; a figure that nobody knows is not shown.
                context.Metrics.Seen(events: null);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }
}
