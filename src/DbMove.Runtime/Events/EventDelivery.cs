namespace DbMove;

/// <summary>
/// An event in the hands of one consumer. It ends with exactly one of four calls: complete, retry, return, give up; without
/// one, the event comes back when the lease has run out.
/// </summary>
public abstract class EventDelivery
{
    /// <summary>Makes a delivery.</summary>
    protected EventDelivery(InconsistencyEvent delivered)
    {
        ArgumentNullException.ThrowIfNull(delivered);
        Event = delivered;
    }

    /// <summary>The event.</summary>
    public InconsistencyEvent Event { get; }

    /// <summary>Lets the lease begin anew: a sign of life of a consumer whose work takes longer than one lease.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False: the lease had run out and another consumer has the event. To go on does no harm, and what gets done is done.</returns>
    /// <exception cref="EventChannelException">The channel cannot be reached; the lease goes on as it was.</exception>
    public abstract Task<bool> ExtendAsync(CancellationToken cancellationToken = default);

    /// <summary>The event is dealt with and goes, even if its lease has run out and another consumer has it.</summary>
    /// <returns>False: it was completed, given up or brought back by another meanwhile.</returns>
    /// <exception cref="EventChannelException">The channel cannot be reached; the event comes back.</exception>
    public abstract Task<bool> CompleteAsync(CancellationToken cancellationToken = default);

    /// <summary>The event comes back after a delay, or is dead when it was delivered too often.</summary>
    /// <param name="reason">What failed.</param>
    /// <param name="delay">How long it stays away.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False: the lease had run out.</returns>
    /// <exception cref="EventChannelException">The channel cannot be reached; the event comes back.</exception>
    public abstract Task<bool> RetryAsync(string reason, TimeSpan delay, CancellationToken cancellationToken = default);

    /// <summary>
    /// The event comes back after a delay as if it had not been delivered: what failed was not its own, such as a side out
    /// of reach, and an event must not die of that. The consumer holds itself back; the channel does not count.
    /// </summary>
    /// <param name="delay">How long it stays away, so that other events get their turn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False: the lease had run out.</returns>
    /// <exception cref="EventChannelException">The channel cannot be reached; the event comes back.</exception>
    public abstract Task<bool> ReturnAsync(TimeSpan delay, CancellationToken cancellationToken = default);

    /// <summary>The event is dead: trying again would not help.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False: the lease had run out.</returns>
    /// <exception cref="EventChannelException">The channel cannot be reached; the event comes back.</exception>
    public abstract Task<bool> GiveUpAsync(string reason, CancellationToken cancellationToken = default);
}
