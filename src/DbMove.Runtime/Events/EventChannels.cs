using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>Chooses a migration's channel.</summary>
internal static class EventChannels
{
    /// <summary>The channel of the options, else the embedded one.</summary>
    public static IEventChannel Create(MigrationContext context) =>
        context.Options.Events.Channel?.Invoke(context.Name) ?? new EmbeddedEventChannel(context);
}
