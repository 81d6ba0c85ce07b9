namespace DbMove.Events;

/// <summary>A row under the lease of one consumer.</summary>
internal sealed class TableEventDelivery(TableEventChannel channel, long row, string lease, InconsistencyEvent delivered) : EventDelivery(delivered)
{
    public override Task<bool> CompleteAsync(CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.CompleteAsync(session, row, lease, cancellationToken), cancellationToken);

    public override Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default) =>
        Event.Attempts >= channel.Options.MaximumAttempts
            ? GiveUpAsync(reason, cancellationToken)
            : channel.WriteAsync(session => channel.Store.RetryAsync(session, row, lease, reason, delay, cancellationToken), cancellationToken);

    public override Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.ReturnAsync(session, row, lease, delay, cancellationToken), cancellationToken);

    public override Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.GiveUpAsync(session, row, lease, reason, cancellationToken), cancellationToken);
}
