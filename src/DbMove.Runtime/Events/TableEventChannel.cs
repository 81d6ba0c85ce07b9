using DbMove.Dialects;
using DbMove.Scheduling;
using DbMove.Telemetry;
using DbMove.Validation;

namespace DbMove.Events;

/// <summary>
/// What the channels have in common that keep every event in a row on the target until its repair has committed. Durable,
/// shared by all processes of the migration; leases run by the database's clock.
/// </summary>
internal abstract class TableEventChannel(MigrationContext context) : IEventChannel
{
    private const int DroppedAtOnce = 100;

    private readonly SideDatabase _database = context.Database(Side.Target);
    private readonly CheckStore _checks = new(context.Database(Side.Target).Syntax, context.Names);

    /// <summary>Raised when this process has stored or revived events.</summary>
    public ChannelSignal Stored { get; } = new();

    internal MigrationContext Context => context;

    internal EventStore Store { get; } = new(context.Database(Side.Target).Syntax, context.Names);

    internal EventOptions Options => context.Options.Events;

    /// <inheritdoc/>
    public async Task PublishAsync(IReadOnlyList<InconsistencyEvent> events, CancellationToken cancellationToken = default)
    {
        if (events.Count == 0)
        {
            return;
        }

        await WriteAsync(
            async session =>
            {
                await StoreAsync(session, events, cancellationToken).ConfigureAwait(false);
                return 0;
            },
            cancellationToken).ConfigureAwait(false);
        await AnnounceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stores events in a transaction of the caller's on the target; once it is committed, they are to be announced.</summary>
    /// <exception cref="EventChannelException">They cannot be stored. What passes comes as the driver's own exception.</exception>
    internal async Task StoreAsync(SideSession session, IReadOnlyList<InconsistencyEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            foreach (InconsistencyEvent added in events)
            {
                await Store.InsertAsync(session, added with { Attempts = 0 }, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (_database.Classify(exception) is not null && !context.IsPassing(exception))
        {
            throw Unreachable(exception);
        }
    }

    /// <summary>Tells the consumers of this process that there are events.</summary>
    internal async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        await context.Probes.ReachAsync(ProbePoint.EventsStored, cancellationToken).ConfigureAwait(false);
        Stored.Raise();
    }

    /// <inheritdoc/>
    public abstract Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public async Task<long> CountOpenAsync(CancellationToken cancellationToken = default) => (await CountAsync(cancellationToken).ConfigureAwait(false)).Open;

    /// <inheritdoc cref="CountOpenAsync"/>
    public Task<EventFigures> CountAsync(CancellationToken cancellationToken) => ReadAsync(session => Store.CountAsync(session, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeadEvent>> ListDeadAsync(int limit, CancellationToken cancellationToken = default) =>
    [
        .. (await ReadAsync(session => Store.ListDeadAsync(session, limit, cancellationToken), cancellationToken).ConfigureAwait(false))
            .Select(stored => new DeadEvent(stored.Event, stored.Reason ?? string.Empty, DateTimeOffset.FromUnixTimeMilliseconds(stored.DeadAt ?? 0))),
    ];

    /// <inheritdoc/>
    public async Task<int> RetryDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        int revived = await WriteAsync(session => Store.ReviveAsync(session, ids, cancellationToken), cancellationToken).ConfigureAwait(false);
        Stored.Raise();
        return revived;
    }

    /// <inheritdoc/>
    public async Task<int> DropDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        int dropped = 0;
        int some = DroppedAtOnce;
        while (some == DroppedAtOnce)
        {
            some = await WriteAsync(session => DropSomeAsync(session, ids, cancellationToken), cancellationToken).ConfigureAwait(false);
            dropped += some;
        }

        return dropped;
    }

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync() => default;

    /// <summary>Runs a query, outside any transaction.</summary>
    /// <exception cref="EventChannelException">The target is out of reach.</exception>
    internal async Task<T> ReadAsync<T>(Func<SideSession, Task<T>> read, CancellationToken cancellationToken)
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

    /// <summary>Runs statements in one transaction and commits it.</summary>
    /// <exception cref="EventChannelException">The target is out of reach.</exception>
    internal async Task<T> WriteAsync<T>(Func<SideSession, Task<T>> write, CancellationToken cancellationToken)
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

    /// <summary>Gives an event, whose row the transaction has locked, to a consumer. Null: it was tried too often, and is dead now.</summary>
    protected async Task<TableEventDelivery?> LeaseAsync(SideSession session, StoredEvent stored, CancellationToken cancellationToken)
    {
        if (stored.Event.Attempts >= Options.MaximumAttempts)
        {
            // Its last consumer died with it, and the one before: it must not take another with it.
            string reason = stored.Reason ?? $"no consumer has finished it in {stored.Event.Attempts} tries";
            await Store.GiveUpAsync(session, stored.RowId, string.Empty, reason, cancellationToken).ConfigureAwait(false);
            EventLog.Dead(context.Logger, context.Name, stored.Event.Id, stored.Event.Entity, reason);
            return null;
        }

        string lease = Guid.CreateVersion7().ToString("N");
        await Store.LeaseAsync(session, stored.RowId, lease, Options.Lease, cancellationToken).ConfigureAwait(false);
        if (stored.Event.Attempts > 0)
        {
            context.Metrics.EventRedelivered();
        }

        return new TableEventDelivery(this, stored, lease);
    }

    /// <summary>
    /// Drops events and has their keys verified anew. A finding of incremental validation stands nowhere but in its event: without
    /// the keys the last clean pass would open the gate over a difference that is known.
    /// </summary>
    private async Task<int> DropSomeAsync(SideSession session, IReadOnlyCollection<string>? ids, CancellationToken cancellationToken)
    {
        List<StoredEvent> dead = await Store.FindDeadAsync(session, ids, DroppedAtOnce, cancellationToken).ConfigureAwait(false);
        foreach (InconsistencyEvent each in dead.Select(stored => stored.Event))
        {
            // What names no key of an entity that is known here could never be verified, and would close the gate for ever.
            string[] keys = context.FindEntity(each.Entity) is { } entity ? [.. each.Keys.Where(entity.IsKey)] : [];
            if (keys.Length > 0)
            {
                await _checks.AddAsync(session, each.Entity, keys, cancellationToken).ConfigureAwait(false);
            }
        }

        return dead.Count == 0 ? 0 : await Store.DropAsync(session, dead, cancellationToken).ConfigureAwait(false);
    }

    private EventChannelException Unreachable(Exception exception) =>
        new($"The events of migration '{context.Name}' on the target ({_database.DisplayName}) are out of reach: {exception.Message}", exception);
}
