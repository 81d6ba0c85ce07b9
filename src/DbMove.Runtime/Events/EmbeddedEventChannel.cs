using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>
/// The channel that needs no broker: consumers find events in the table on the target. It takes any event that is visible,
/// published to a broker or not, so nothing is lost when a migration's broker is taken away.
/// </summary>
internal sealed class EmbeddedEventChannel(MigrationContext context) : TableEventChannel(context)
{
    /// <inheritdoc/>
    public override async Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        long began = Context.Time.GetTimestamp();
        while (true)
        {
            Task stored = Stored.Next;
            if (await ReadAsync(session => Store.AnyAsync(session, cancellationToken), cancellationToken).ConfigureAwait(false)
                && await TakeAsync(cancellationToken).ConfigureAwait(false) is { } delivery)
            {
                return delivery;
            }

            TimeSpan left = wait - Context.Time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await ChannelSignal.WaitAsync(stored, left < Options.PollInterval ? left : Options.PollInterval, Context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<EventDelivery?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            (bool isFound, EventDelivery? delivery) = await WriteAsync<(bool, EventDelivery?)>(
                async session => await Store.FindNextAsync(session, cancellationToken).ConfigureAwait(false) is { } stored
                    ? (true, await LeaseAsync(session, stored, cancellationToken).ConfigureAwait(false))
                    : (false, null),
                cancellationToken).ConfigureAwait(false);
            if (!isFound || delivery is not null)
            {
                return delivery;
            }
        }
    }
}
