using DbMove.Dialects;
using DbMove.Scheduling;

namespace DbMove.Events;

/// <summary>
/// The channel that needs no broker: a table on the target. Durable, shared by all processes of the migration; leases run
/// by the database's clock.
/// </summary>
internal sealed class EmbeddedEventChannel(MigrationContext context) : IEventChannel
{
    private readonly SideDatabase _database = context.Database(Side.Target);
    private readonly EventStore _store = new(context.Database(Side.Target).Syntax, context.Names);
    private readonly ChannelSignal _published = new();

    private EventOptions Options => context.Options.Events;

    /// <inheritdoc/>
    public async Task PublishAsync(IReadOnlyList<InconsistencyEvent> events, CancellationToken cancellationToken = default)
    {
        await WriteAsync(
            async session =>
            {
                foreach (InconsistencyEvent added in events)
                {
                    await _store.InsertAsync(session, added, cancellationToken).ConfigureAwait(false);
                }

                return 0;
            },
            cancellationToken).ConfigureAwait(false);
        _published.Raise();
    }

    /// <inheritdoc/>
    public async Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        long began = context.Time.GetTimestamp();
        while (true)
        {
            Task published = _published.Next;
            if (await ReadAsync(session => _store.AnyAsync(session, cancellationToken), cancellationToken).ConfigureAwait(false)
                && await TakeAsync(cancellationToken).ConfigureAwait(false) is { } delivery)
            {
                return delivery;
            }

            TimeSpan left = wait - context.Time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await ChannelSignal.WaitAsync(published, left < Options.PollInterval ? left : Options.PollInterval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<long> CountOpenAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(session => _store.CountAsync(session, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeadEvent>> ListDeadAsync(int limit, CancellationToken cancellationToken = default) =>
    [
        .. (await ReadAsync(session => _store.ListDeadAsync(session, limit, cancellationToken), cancellationToken).ConfigureAwait(false))
            .Select(stored => new DeadEvent(stored.Event, stored.Reason ?? string.Empty, DateTimeOffset.FromUnixTimeMilliseconds(stored.DeadAt ?? 0))),
    ];

    /// <inheritdoc/>
    public async Task<int> RetryDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        int revived = await WriteAsync(session => _store.ReviveAsync(session, ids, cancellationToken), cancellationToken).ConfigureAwait(false);
        _published.Raise();
        return revived;
    }

    /// <inheritdoc/>
    public Task<int> DropDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default) =>
        WriteAsync(session => _store.DropAsync(session, ids, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private async Task<EventDelivery?> TakeAsync(CancellationToken cancellationToken)
    {
        string lease = Guid.CreateVersion7().ToString("N");
        (StoredEvent Stored, bool IsTaken)? next = await WriteAsync<(StoredEvent, bool)?>(
            async session =>
            {
                if (await _store.FindNextAsync(session, cancellationToken).ConfigureAwait(false) is not { } stored)
                {
                    return null;
                }

                if (stored.Event.Attempts >= Options.MaximumAttempts)
                {
                    // Its last consumer died with it, and the one before: it must not take another with it.
                    string reason = stored.Reason ?? $"no consumer has finished it in {stored.Event.Attempts} tries";
                    await _store.GiveUpAsync(session, stored.RowId, string.Empty, reason, cancellationToken).ConfigureAwait(false);
                    EventLog.Dead(context.Logger, context.Name, stored.Event.Id, stored.Event.Entity, reason);
                    return (stored, false);
                }

                return (stored, await _store.LeaseAsync(session, stored.RowId, lease, Options.Lease, cancellationToken).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        return next is { IsTaken: true } taken
            ? new Delivery(this, taken.Stored.RowId, lease, taken.Stored.Event with { Attempts = taken.Stored.Event.Attempts + 1 })
            : next is null ? null : await TakeAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> ReadAsync<T>(Func<SideSession, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            SideSession session = await _database.OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await read(session).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (_database.Classify(exception) is not null)
        {
            throw Unreachable(exception);
        }
    }

    private async Task<T> WriteAsync<T>(Func<SideSession, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            SideSession session = await _database.OpenAsync(SessionUse.Write, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.BeginAsync(new TransactionStart { LockTimeout = context.Options.LockTimeout }, cancellationToken).ConfigureAwait(false);
                T result = await write(session).ConfigureAwait(false);
                await session.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
        }
        catch (Exception exception) when (_database.Classify(exception) is not null)
        {
            throw Unreachable(exception);
        }
    }

    private EventChannelException Unreachable(Exception exception) =>
        new($"The embedded event channel of migration '{context.Name}' on the target ({_database.DisplayName}) failed: {exception.Message}", exception);

    private sealed class Delivery(EmbeddedEventChannel channel, long row, string lease, InconsistencyEvent delivered) : EventDelivery(delivered)
    {
        public override Task<bool> CompleteAsync(CancellationToken cancellationToken = default) =>
            channel.WriteAsync(session => channel._store.CompleteAsync(session, row, lease, cancellationToken), cancellationToken);

        public override Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default) =>
            Event.Attempts >= channel.Options.MaximumAttempts
                ? GiveUpAsync(reason, cancellationToken)
                : channel.WriteAsync(session => channel._store.RetryAsync(session, row, lease, reason, delay, cancellationToken), cancellationToken);

        public override Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default) =>
            channel.WriteAsync(session => channel._store.ReturnAsync(session, row, lease, delay, cancellationToken), cancellationToken);

        public override Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default) =>
            channel.WriteAsync(session => channel._store.GiveUpAsync(session, row, lease, reason, cancellationToken), cancellationToken);
    }
}
