namespace DbMove.Events;

/// <summary>
/// A message in the hands of one consumer. It ends with one of the two calls; without one, it comes back when
/// <see cref="EventOptions.Lease"/> has run out.
/// </summary>
public abstract class BrokerDelivery
{
    /// <summary>Makes a delivery of an event.</summary>
    /// <param name="delivered">
    /// The event as the message has it; its attempts are those before the publication plus the deliveries of it, this one included. For
    /// information: the event's row says what its keys are and how often it was tried.
    /// </param>
    protected BrokerDelivery(InconsistencyEvent delivered)
    {
        ArgumentNullException.ThrowIfNull(delivered);
        Event = delivered;
    }

    /// <summary>Makes a delivery of a message that cannot be read.</summary>
    /// <param name="placeholder">An event without keys, with whatever the message's headers and subject tell of identity and entity.</param>
    /// <param name="defect">Why it cannot be read: malformed, of an unknown version, too many keys.</param>
    protected BrokerDelivery(InconsistencyEvent placeholder, string defect)
        : this(placeholder)
    {
        ArgumentException.ThrowIfNullOrEmpty(defect);
        Defect = defect;
    }

    /// <summary>The event.</summary>
    public InconsistencyEvent Event { get; }

    /// <summary>Why the message cannot be read; null: it can.</summary>
    public string? Defect { get; }

    /// <summary>The message is dealt with and goes.</summary>
    /// <exception cref="EventChannelException">The broker cannot be reached; the message comes back.</exception>
    public abstract Task AcknowledgeAsync(CancellationToken cancellationToken = default);

    /// <summary>The message comes back after a delay.</summary>
    /// <param name="delay">How long it stays away.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="EventChannelException">The broker cannot be reached; the message comes back when its lease has run out.</exception>
    public abstract Task RejectAsync(TimeSpan delay, CancellationToken cancellationToken = default);
}
