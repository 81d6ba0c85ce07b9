using System.Text;
using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;

namespace DbMove.Events;

/// <summary>
/// The channel that a broker distributes. The table on the target is the truth for every event: what it holds, how often it
/// was tried, who has it, whether it is dead. A message only tells a consumer which row to take, so the broker may be
/// away, lose, repeat or reorder messages without any event being lost or given to two consumers.
/// </summary>
internal sealed class BrokeredEventChannel : TableEventChannel
{
    private const int MaximumText = 2000;

    private readonly IEventBroker _broker;

    public BrokeredEventChannel(MigrationContext context, IEventBroker broker)
        : base(context)
    {
        _broker = broker;
        Relay = new EventRelayLoop(this, broker);
    }

    /// <summary>Hands rows to the broker. Not part of publishing: nobody who writes or validates ever waits for the broker.</summary>
    public EventRelayLoop Relay { get; }

    /// <inheritdoc/>
    public override async Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        long began = Context.Time.GetTimestamp();
        while (true)
        {
            TimeSpan left = wait - Context.Time.GetElapsedTime(began);
            if (await _broker.ReceiveAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false) is not { } message)
            {
                return null;
            }

            if (await AcceptAsync(message, cancellationToken).ConfigureAwait(false) is { } delivery)
            {
                await Context.Probes.ReachAsync(ProbePoint.EventsReceived, cancellationToken).ConfigureAwait(false);
                return delivery;
            }
        }
    }

    /// <summary>How the broker is. Without it repairs wait and nothing else does, so it is never worse than degraded.</summary>
    public async Task<IReadOnlyList<HealthEntry>> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. (await _broker.CheckHealthAsync(cancellationToken).ConfigureAwait(false))
                    .Select(entry => entry.Status > HealthStatus.Degraded ? entry with { Status = HealthStatus.Degraded } : entry),
            ];
        }
        catch (EventChannelException exception)
        {
            return [new("broker", HealthStatus.Degraded, "does not answer; the log says why") { Failure = exception }];
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Acknowledges. What the message was about is in the table already, so a failure only brings a message that changes nothing.</summary>
    internal async Task AcknowledgeAsync(BrokerDelivery message, CancellationToken cancellationToken)
    {
        try
        {
            await message.AcknowledgeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EventChannelException exception)
        {
            EventLog.NotAcknowledged(Context.Logger, exception, Context.Name, message.Event.Id);
        }
    }

    /// <summary>Hands a message back. After a failure it comes back when the broker's lease has run out.</summary>
    internal async Task RejectAsync(BrokerDelivery message, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await message.RejectAsync(delay, cancellationToken).ConfigureAwait(false);
        }
        catch (EventChannelException exception)
        {
            EventLog.NotAcknowledged(Context.Logger, exception, Context.Name, message.Event.Id);
        }
    }

    /// <summary>Makes an event dead, with a row of its own if there is none: then someone decides, and the gate is closed until then.</summary>
    private async Task BuryAsync(InconsistencyEvent buried, string reason, CancellationToken cancellationToken)
    {
        InconsistencyEvent named = Named(buried);
        if (named.Id.Length == 0)
        {
            // A message that tells not even who it is must not be mistaken for another one.
            named = named with { Id = Guid.CreateVersion7(Context.Time.GetUtcNow()).ToString("N") };
        }

        bool isNew = await WriteAsync(
            async session =>
            {
                StoredEvent? stored = await Store.FindAsync(session, named.Id, cancellationToken).ConfigureAwait(false);
                if (stored is null)
                {
                    await Store.InsertDeadAsync(session, named, Storable(reason), cancellationToken).ConfigureAwait(false);
                }

                return stored is null || (stored.DeadAt is null && await Store.GiveUpAsync(session, stored.RowId, string.Empty, Storable(reason), cancellationToken).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        if (isNew)
        {
            EventLog.Dead(Context.Logger, Context.Name, named.Id, named.Entity, reason);
        }
    }

    private static InconsistencyEvent Named(InconsistencyEvent said) => said with { Id = Storable(said.Id), Entity = Storable(said.Entity) };

    /// <summary>
    /// What a message says may be anything, and a text that the database refuses would make it come back for ever: zero
    /// characters and halves of characters are replaced, and what is longer than anything that DbMove writes is cut.
    /// </summary>
    private static string Storable(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length > MaximumText ? text[..MaximumText] : text)).Replace('\0', '\uFFFD');

    /// <summary>Finds out what a message is about. Null: nothing is to be done for it, or not now.</summary>
    private async Task<EventDelivery?> AcceptAsync(BrokerDelivery message, CancellationToken cancellationToken)
    {
        try
        {
            if (DefectOf(message) is { } defect)
            {
                await BuryAsync(message.Event, defect, cancellationToken).ConfigureAwait(false);
                await AcknowledgeAsync(message, cancellationToken).ConfigureAwait(false);
                return null;
            }

            (StoredEvent? stored, TableEventDelivery? row) = await WriteAsync<(StoredEvent?, TableEventDelivery?)>(
                session => TakeAsync(session, Named(message.Event), cancellationToken), cancellationToken).ConfigureAwait(false);
            if (row is not null)
            {
                return new BrokeredEventDelivery(this, row, message);
            }

            if (stored is { DeadAt: null, LeasedFor: { Ticks: > 0 } left })
            {
                // Sent twice, or taken by a process without a broker: it comes back when that consumer's time is up. Not later
                // than any lease ends, even where the database's clock was set back.
                await RejectAsync(message, left < Options.Lease ? left : Options.Lease, cancellationToken).ConfigureAwait(false);
                return null;
            }

            // Dead: only a decision brings it back, and a message of its own with it.
            await AcknowledgeAsync(message, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (EventChannelException)
        {
            // The target is away. Nothing was counted: tries are counted in the row.
            await RejectAsync(message, Options.RetryDelay, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Why nobody may repair what a message says; null: it says an event of this migration, or at least names one.</summary>
    private string? DefectOf(BrokerDelivery message) =>
        message.Defect
        ?? (message.Event.Id.Length == 0 ? "it names no event"
            : message.Event.Migration != Context.Name ? $"it belongs to migration '{message.Event.Migration}'"
            : null);

    /// <summary>
    /// Takes the row that a message leads to. One without a row is a replay, or was repaired and its acknowledgement got lost, or
    /// came from elsewhere: it gets a row first, so that its tries are counted there and not by the broker, which also
    /// counts those that failed because a side was away. To repair what is equal already does no harm.
    /// </summary>
    private async Task<(StoredEvent? Stored, TableEventDelivery? Row)> TakeAsync(SideSession session, InconsistencyEvent named, CancellationToken cancellationToken)
    {
        StoredEvent? stored = await Store.FindAsync(session, named.Id, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            await Store.AdoptAsync(session, named with { Attempts = 0 }, cancellationToken).ConfigureAwait(false);
            stored = await Store.FindAsync(session, named.Id, cancellationToken).ConfigureAwait(false);
        }

        return (stored, stored is { DeadAt: null } && stored.LeasedFor == TimeSpan.Zero ? await LeaseAsync(session, stored, cancellationToken).ConfigureAwait(false) : null);
    }
}
