using DbMove.Events;

namespace DbMove;

/// <summary>
/// A channel within this process, for tests and trials: the contract of every channel, and nothing survives the process. Danger: in
/// production, events of a process that ends are lost, and only another validation finds them again.
/// </summary>
/// <param name="options">Lease, attempts and poll interval.</param>
/// <param name="time">The clock.</param>
public sealed class InMemoryEventChannel(EventOptions options, TimeProvider time) : IEventChannel
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly ChannelSignal _changed = new();

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<InconsistencyEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _entries.AddRange(events.Select(added => new Entry(added, time.GetUtcNow())));
        }

        _changed.Raise();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed = _changed.Next;
            if (Take() is { } delivery)
            {
                return delivery;
            }

            TimeSpan left = wait - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await ChannelSignal.WaitAsync(changed, left < options.PollInterval ? left : options.PollInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<long> CountOpenAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult((long)_entries.Count);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadEvent>> ListDeadAsync(int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<DeadEvent>>(
                [.. _entries.Where(entry => entry.DeadAt is not null).Take(limit).Select(entry => new DeadEvent(entry.Event, entry.Reason ?? string.Empty, entry.DeadAt!.Value))]);
        }
    }

    /// <inheritdoc/>
    public Task<int> RetryDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        int revived;
        lock (_lock)
        {
            List<Entry> dead = FindDead(ids);
            revived = dead.Count;
            foreach (Entry entry in dead)
            {
                (entry.DeadAt, entry.Attempts, entry.Lease, entry.VisibleAt, entry.Life) = (null, 0, null, time.GetUtcNow(), entry.Life + 1);
            }
        }

        _changed.Raise();
        return Task.FromResult(revived);
    }

    /// <inheritdoc/>
    public Task<int> DropDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            List<Entry> dead = FindDead(ids);
            dead.ForEach(entry => _entries.Remove(entry));
            return Task.FromResult(dead.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private List<Entry> FindDead(IReadOnlyCollection<string>? ids) =>
        [.. _entries.Where(entry => entry.DeadAt is not null && (ids is null || ids.Contains(entry.Event.Id)))];

    private Delivery? Take()
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            foreach (Entry entry in _entries.Where(entry => entry.DeadAt is null && entry.VisibleAt <= now))
            {
                if (entry.Attempts >= options.MaximumAttempts)
                {
                    (entry.DeadAt, entry.Reason) = (now, entry.Reason ?? $"no consumer has finished it in {entry.Attempts} tries");
                    continue;
                }

                entry.Attempts++;
                (entry.Lease, entry.VisibleAt) = (new object(), now + options.Lease);
                return new Delivery(this, entry, entry.Lease, entry.Event with { Attempts = entry.Attempts });
            }

            return null;
        }
    }

    private Task<bool> EndAsync(Entry entry, object lease, Action end)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(entry.Lease, lease))
            {
                return Task.FromResult(false);
            }

            entry.Lease = null;
            end();
            return Task.FromResult(true);
        }
    }

    private Task<bool> ExtendAsync(Entry entry, object lease)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(entry.Lease, lease))
            {
                return Task.FromResult(false);
            }

            entry.VisibleAt = time.GetUtcNow() + options.Lease;
            return Task.FromResult(true);
        }
    }

    private Task<bool> CompleteAsync(Entry entry, int life)
    {
        lock (_lock)
        {
            if (entry.DeadAt is not null || entry.Life != life || !_entries.Remove(entry))
            {
                return Task.FromResult(false);
            }

            entry.Lease = null;
            return Task.FromResult(true);
        }
    }

    private sealed class Entry(InconsistencyEvent added, DateTimeOffset visibleAt)
    {
        public InconsistencyEvent Event { get; } = added;

        public DateTimeOffset VisibleAt { get; set; } = visibleAt;

        public int Attempts { get; set; }

        /// <summary>How often it was brought back from the dead.</summary>
        public int Life { get; set; }

        public object? Lease { get; set; }

        public DateTimeOffset? DeadAt { get; set; }

        public string? Reason { get; set; }
    }

    private sealed class Delivery(InMemoryEventChannel channel, Entry entry, object lease, InconsistencyEvent delivered) : EventDelivery(delivered)
    {
        private readonly int _life = entry.Life;

        public override Task<bool> ExtendAsync(CancellationToken cancellationToken = default) => channel.ExtendAsync(entry, lease);

        public override Task<bool> CompleteAsync(CancellationToken cancellationToken = default) => channel.CompleteAsync(entry, _life);

        public override Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default) =>
            Event.Attempts >= channel.Options.MaximumAttempts
                ? GiveUpAsync(reason, cancellationToken)
                : channel.EndAsync(entry, lease, () => (entry.Reason, entry.VisibleAt) = (reason, channel.Time.GetUtcNow() + delay));

        public override Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default) =>
            channel.EndAsync(entry, lease, () => (entry.Attempts, entry.VisibleAt) = (entry.Attempts - 1, channel.Time.GetUtcNow() + delay));

        public override Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default) =>
            channel.EndAsync(entry, lease, () => (entry.Reason, entry.DeadAt) = (reason, channel.Time.GetUtcNow()));
    }

    private EventOptions Options => options;

    private TimeProvider Time => time;
}
