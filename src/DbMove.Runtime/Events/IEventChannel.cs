namespace DbMove;

/// <summary>
/// Carries confirmed inconsistencies from validation to the fixer: at least once, never one event to two consumers at a
/// time, and nothing is dropped: what cannot be dealt with is dead and listed until someone decides.
/// </summary>
public interface IEventChannel : IAsyncDisposable
{
    /// <summary>Publishes events; returns when they are kept. All of them or, with an exception, possibly some.</summary>
    /// <exception cref="EventChannelException">The channel did not take them.</exception>
    Task PublishAsync(IReadOnlyList<InconsistencyEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Takes the next event under a lease of its own.</summary>
    /// <param name="wait">How long to wait for one; zero looks once.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null: none came.</returns>
    /// <exception cref="EventChannelException">The channel cannot be reached.</exception>
    Task<EventDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>Events that are not dealt with: waiting, delivered, and dead. The gate is closed while there is one.</summary>
    /// <exception cref="EventChannelException">The channel cannot be reached.</exception>
    Task<long> CountOpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Dead events, oldest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EventChannelException">The channel cannot be reached.</exception>
    Task<IReadOnlyList<DeadEvent>> ListDeadAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>Brings dead events back, as if never tried. Returns how many.</summary>
    /// <param name="ids">Their identities; null: all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EventChannelException">The channel cannot be reached.</exception>
    Task<int> RetryDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default);

    /// <summary>Drops dead events. Returns how many. The inconsistency stays. DbMove's own channel has the keys verified anew in the same
    /// transaction, so the gate stays closed until they are equal, and what still differs is an event again.</summary>
    /// <remarks>Danger: a channel of one's own cannot do that, and nor does <see cref="InMemoryEventChannel"/>; there, run a full validation before the authority is moved.</remarks>
    /// <param name="ids">Their identities; null: all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EventChannelException">The channel cannot be reached.</exception>
    Task<int> DropDeadAsync(IReadOnlyCollection<string>? ids = null, CancellationToken cancellationToken = default);
}
