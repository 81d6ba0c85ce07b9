namespace DbMove.Events;

/// <summary>
/// A message and the row that it is about. The row first, then the message: whatever dies between the two leaves a message
/// that changes nothing, never a row without one.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="row">The row under this consumer's lease; null: the message has none.</param>
/// <param name="message">The message.</param>
internal sealed class BrokeredEventDelivery(BrokeredEventChannel channel, EventDelivery? row, BrokerDelivery message) : EventDelivery(row?.Event ?? message.Event)
{
    public override async Task<bool> CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (row is not null && !await row.CompleteAsync(cancellationToken).ConfigureAwait(false))
        {
            // The message may be in another consumer's hands by now: it is not this one's to end.
            return false;
        }

        await channel.Context.Probes.ReachAsync("events.completed", cancellationToken).ConfigureAwait(false);
        await channel.AcknowledgeAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override async Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        if (Event.Attempts >= channel.Options.MaximumAttempts)
        {
            return await GiveUpAsync(reason, cancellationToken).ConfigureAwait(false);
        }

        if (row is not null && !await row.RetryAsync(reason, delay, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await channel.RejectAsync(message, delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override async Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default)
    {
        if (row is not null && !await row.ReturnAsync(delay, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await channel.RejectAsync(message, delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override async Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default)
    {
        if (row is null)
        {
            await channel.BuryAsync(Event, reason, cancellationToken).ConfigureAwait(false);
        }
        else if (!await row.GiveUpAsync(reason, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await channel.AcknowledgeAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
