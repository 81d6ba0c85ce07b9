using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>Chooses a migration's channel.</summary>
internal static class EventChannels
{
    /// <summary>The channel of the options, else the table on the target, with a broker if there is one.</summary>
    public static IEventChannel Create(MigrationContext context)
    {
        EventOptions options = context.Options.Events;
        return options.Channel?.Invoke(context.Name)
            ?? (options.Broker is { } broker
                ? new BrokeredEventChannel(context, broker(new EventBrokerSetup(context.Name, options, context.Logger, context.Time)))
                : new EmbeddedEventChannel(context));
    }

    /// <summary>The loops that a channel of DbMove's own needs.</summary>
    public static IEnumerable<BackgroundWork> CreateWork(MigrationContext context, IEventChannel channel)
    {
        if (channel is BrokeredEventChannel brokered)
        {
            yield return new BackgroundWork("relay", context, brokered.Relay.RunAsync);
        }

        if (channel is TableEventChannel table)
        {
            yield return new BackgroundWork("event_figures", context, new EventFiguresLoop(context, table).RunAsync);
        }
    }
}
