namespace DbMove.Events;

/// <summary>A row under the lease of one consumer.</summary>
internal sealed class TableEventDelivery(TableEventChannel channel, StoredEvent stored, string lease)
    : EventDelivery(stored.Event with { Attempts = stored.Event.Attempts + 1 })
{
    /// <summary>Whether the event is dead when this try fails.</summary>
    public bool IsLastTry => Event.Attempts >= channel.Options.MaximumAttempts;

    public override Task<bool> ExtendAsync(CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.ExtendAsync(session, stored.RowId, lease, channel.Options.Lease, cancellationToken), cancellationToken);

    public override Task<bool> CompleteAsync(CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.CompleteAsync(session, stored, lease, cancellationToken), cancellationToken);

    public override async Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        if (!IsLastTry)
        {
            return await channel.WriteAsync(session => channel.Store.RetryAsync(session, stored.RowId, lease, reason, delay, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        bool isDead = await GiveUpAsync(reason, cancellationToken).ConfigureAwait(false);
        if (isDead)
        {
            EventLog.Dead(channel.Context.Logger, channel.Context.Name, Event.Id, Event.Entity, reason);
        }

        return isDead;
    }

    public override Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.ReturnAsync(session, stored.RowId, lease, delay, cancellationToken), cancellationToken);

    public override Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default) =>
        channel.WriteAsync(session => channel.Store.GiveUpAsync(session, stored.RowId, lease, reason, cancellationToken), cancellationToken);
}
