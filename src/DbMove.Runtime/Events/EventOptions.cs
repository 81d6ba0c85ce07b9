using DbMove.Events;

namespace DbMove;

/// <summary>How confirmed inconsistencies reach the fixer.</summary>
public sealed class EventOptions
{
    /// <summary>Events that this process repairs at the same time. Default 2; 1 to 64.</summary>
    public int Consumers { get; set; } = 2;

    /// <summary>How long an event stays with a consumer that gives no sign of life (each batch of a repair is one); then another gets it. With a
    /// broker, what it has lost is looked for about as often, and what it has lost in part after ten leases. Default 30 s; 1 s to 1 h.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Deliveries after which an event is dead and waits for someone to look at it. Default 10; 1 to 1,000.</summary>
    public int MaximumAttempts { get; set; } = 10;

    /// <summary>Delay before the second try; it doubles with each further one. Default 500 ms; 1 ms to 10 min.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Delay between two tries at most. Default 1 min; from <see cref="RetryDelay"/> to 1 h.</summary>
    public TimeSpan MaximumRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often events of other processes are looked for. Default 500 ms; 10 ms to 1 min. Those of this process are seen at once.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Makes the channel of a migration, given its name, in place of DbMove's own. Default null: the channel that is embedded in
    /// the target database, with <see cref="Broker"/> to distribute its events if there is one.
    /// </summary>
    public Func<string, IEventChannel>? Channel { get; set; }

    /// <summary>
    /// Makes the broker that carries a migration's events between processes. Default null: processes find them in the target
    /// database. Set by the extensions of broker packages, such as <c>UseNats</c>; not together with <see cref="Channel"/>.
    /// </summary>
    public Func<EventBrokerSetup, IEventBroker>? Broker { get; set; }
}
