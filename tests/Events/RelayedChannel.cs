using DbMove.Events;

namespace DbMove.Tests.Events;

/// <summary>A channel with a broker whose relay has done its work whenever a call returns.</summary>
internal sealed class RelayedChannel(Migration migration) : IEventChannel
{
    public async Task PublishAsync(IReadOnlyList<InconsistencyEvent> events, CancellationToken cancellationToken = default)
    {
        await migration.Events.PublishAsync(events, cancellationToken);
        await RelayAsync(migration);
    }

    public Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default) => migration.Events.ReceiveAsync(wait, cancellationToken);

    public Task<long> CountOpenAsync(CancellationToken cancellationToken = default) => migration.Events.CountOpenAsync(cancellationToken);

    public Task<IReadOnlyList<DeadEvent>> ListDeadAsync(int limit, CancellationToken cancellationToken = default) => migration.Events.ListDeadAsync(limit, cancellationToken);

    public async Task<int> RetryDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        int revived = await migration.Events.RetryDeadAsync(ids, cancellationToken);
        await RelayAsync(migration);
        return revived;
    }

    public Task<int> DropDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default) => migration.Events.DropDeadAsync(ids, cancellationToken);

    public ValueTask DisposeAsync() => default;

    /// <summary>Publishes every event that can be published now.</summary>
    public static async Task RelayAsync(Migration migration)
    {
        while (await ((BrokeredEventChannel)migration.Events).Relay.RunOnceAsync(default) is not null)
        {
        }
    }
}
