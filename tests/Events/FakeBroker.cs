using DbMove.Events;

namespace DbMove.Tests.Events;

/// <summary>A broker within the test's process, shared by any number of migrations, that is away, forgets, repeats or reorders on demand.</summary>
/// <param name="time">Its clock: leases and delays run by it.</param>
internal sealed class FakeBroker(TimeProvider time) : IEventBroker
{
    private readonly Lock _lock = new();
    private readonly List<FakeMessage> _messages = [];
    private readonly HashSet<string> _known = [];
    private readonly List<string> _sent = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Out of reach: every call fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Refuses what is published, as a full stream does.</summary>
    public bool IsFull { get; set; }

    /// <summary>Takes what is published and keeps nothing of it.</summary>
    public bool Forgets { get; set; }

    /// <summary>Keeps two of every message.</summary>
    public bool Repeats { get; set; }

    /// <summary>Delivers the newest first.</summary>
    public bool IsReversed { get; set; }

    /// <summary>Takes no acknowledgement and hands nothing back.</summary>
    public bool IsDeafToAnswers { get; set; }

    /// <summary>Keys that fit in a message.</summary>
    public int MaximumKeys { get; set; } = 1000;

    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often something was to be published while it was away.</summary>
    public int Refusals { get; private set; }

    /// <summary>How often it was asked what it has while it was away.</summary>
    public int Questions { get; private set; }

    /// <summary>The identities of what was taken, in order, those of messages sent twice once.</summary>
    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (_lock)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>The broker of every migration that asks.</summary>
    public Func<EventBrokerSetup, IEventBroker> Connect => _ => this;

    public Task<IReadOnlyList<PublishOutcome>> PublishAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (IsAway)
            {
                Refusals++;
            }

            ThrowIfAway();
            List<PublishOutcome> outcomes = [];
            foreach (BrokerMessage message in messages)
            {
                outcomes.Add(IsFull ? PublishOutcome.Failed : message.Event.Keys.Count > MaximumKeys ? PublishOutcome.TooLarge : Take(message));
            }

            Raise();
            return Task.FromResult<IReadOnlyList<PublishOutcome>>(outcomes);
        }
    }

    public async Task<BrokerDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task changed;
            TimeSpan left = wait - TimeProvider.System.GetElapsedTime(began);
            lock (_lock)
            {
                ThrowIfAway();
                changed = _changed.Task;
                DateTimeOffset now = time.GetUtcNow();
                IEnumerable<FakeMessage> visible = _messages.Where(message => message.VisibleAt <= now);
                if ((IsReversed ? visible.LastOrDefault() : visible.FirstOrDefault()) is { } next)
                {
                    return next.Deliver(this, now + Lease);
                }

                if (_messages.Count > 0 && _messages.Min(message => message.VisibleAt) - now is { } until && until < left)
                {
                    left = until;
                }
                else if (left <= TimeSpan.Zero)
                {
                    return null;
                }
            }

            await changed.WaitAsync(left, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public Task<long> CountPendingAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (IsAway)
            {
                Questions++;
            }

            ThrowIfAway();
            return Task.FromResult((long)_messages.Count);
        }
    }

    public Task<IReadOnlyList<HealthEntry>> CheckHealthAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<HealthEntry>>([new("fake", IsAway ? HealthStatus.Unhealthy : HealthStatus.Healthy, IsAway ? "away" : "there")]);

    public ValueTask DisposeAsync() => default;

    /// <summary>Loses every message; <paramref name="identitiesToo"/>: the stream was deleted, else it was purged.</summary>
    public void Lose(bool identitiesToo = true)
    {
        lock (_lock)
        {
            _messages.Clear();
            if (identitiesToo)
            {
                _known.Clear();
            }
        }
    }

    /// <summary>Loses the oldest message, as a stream with a limit does.</summary>
    public void Evict()
    {
        lock (_lock)
        {
            _messages.RemoveAt(0);
        }
    }

    /// <summary>Puts something into the stream that no relay has sent.</summary>
    public void Inject(InconsistencyEvent injected, string? defect = null)
    {
        lock (_lock)
        {
            _messages.Add(new FakeMessage(injected, defect, time.GetUtcNow()));
            Raise();
        }
    }

    internal Task EndAsync(FakeMessage message, object lease, Action end)
    {
        lock (_lock)
        {
            ThrowIfAway();
            if (IsDeafToAnswers)
            {
                throw new EventChannelException("the fake broker hears no answer");
            }

            if (ReferenceEquals(message.Lease, lease))
            {
                message.Lease = null;
                end();
                Raise();
            }

            return Task.CompletedTask;
        }
    }

    internal void Remove(FakeMessage message) => _messages.Remove(message);

    internal DateTimeOffset After(TimeSpan delay) => time.GetUtcNow() + delay;

    private PublishOutcome Take(BrokerMessage message)
    {
        if (_known.Add(message.MessageId))
        {
            _sent.Add(message.MessageId);
            for (int copy = 0; copy < (Forgets ? 0 : Repeats ? 2 : 1); copy++)
            {
                _messages.Add(new FakeMessage(message.Event, null, time.GetUtcNow()));
            }
        }

        return PublishOutcome.Accepted;
    }

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new EventChannelException("the fake broker is away");
        }
    }

    private void Raise()
    {
        _changed.TrySetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
