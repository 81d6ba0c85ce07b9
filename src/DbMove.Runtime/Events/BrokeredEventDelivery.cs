using DbMove.Telemetry;

namespace DbMove.Events;

/// <summary>
/// A message and the row that it is about. The row first, then the message: whatever dies between the two leaves a message
/// that changes nothing, never a row without one.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="row">The row under this consumer's lease.</param>
/// <param name="message">The message.</param>
internal sealed class BrokeredEventDelivery(BrokeredEventChannel channel, TableEventDelivery row, BrokerDelivery message) : EventDelivery(row.Event)
{
    // The message may come to another consumer meanwhile: it finds the row held, and hands the message back.
    public override Task<bool> ExtendAsync(CancellationToken cancellationToken = default) => row.ExtendAsync(cancellationToken);

    public override async Task<bool> CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (!await row.CompleteAsync(cancellationToken).ConfigureAwait(false))
        {
            // The message may be in another consumer's hands by now: it is not this one's to end.
            return false;
        }

        await channel.Context.Probes.ReachAsync(ProbePoint.EventsCompleted, cancellationToken).ConfigureAwait(false);
        await channel.AcknowledgeAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override async Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        if (!await row.RetryAsync(reason, delay, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await (row.IsLastTry ? channel.AcknowledgeAsync(message, cancellationToken) : channel.RejectAsync(message, delay, cancellationToken)).ConfigureAwait(false);
        return true;
    }

    public override async Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default)
    {
        if (!await row.ReturnAsync(delay, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await channel.RejectAsync(message, delay, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public override async Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default)
    {
        if (!await row.GiveUpAsync(reason, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await channel.AcknowledgeAsync(message, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
