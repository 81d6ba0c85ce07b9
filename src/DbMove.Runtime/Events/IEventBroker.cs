namespace DbMove.Events;

/// <summary>
/// Carries events between the processes of a migration. The seam for broker packages: it only distributes. Every event has a
/// row in the target's control table from before it is handed to the broker until its repair has committed, so a broker
/// that is away, or that loses what it took, delays repairs and loses nothing.
/// </summary>
/// <remarks>
/// No member may be needed by a service's writes. All members may be called at the same time. A broker that is out of reach is
/// an <see cref="EventChannelException"/>, soon (seconds, not minutes), and it is reached again without a restart.
/// </remarks>
public interface IEventBroker : IAsyncDisposable
{
    /// <summary>Hands events to the broker, pipelined with a bound, and waits for its answers.</summary>
    /// <param name="messages">The events.</param>
    /// <param name="cancellationToken">Cancels; what was sent may have been taken.</param>
    /// <returns>What became of each, in the order given.</returns>
    /// <exception cref="EventChannelException">The broker cannot be reached at all.</exception>
    Task<IReadOnlyList<PublishOutcome>> PublishAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>Takes the next message; no other consumer has it until <see cref="EventOptions.Lease"/> is over.</summary>
    /// <param name="wait">How long to wait for one; zero looks once.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null: none came.</returns>
    /// <exception cref="EventChannelException">The broker cannot be reached.</exception>
    Task<BrokerDelivery?> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>Messages that the broker still has to deliver or has delivered without an acknowledgement.</summary>
    /// <exception cref="EventChannelException">The broker cannot be reached.</exception>
    Task<long> CountPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// How connection, stream and consumer are: soon (about a second), from what is known, and without making anything. Never
    /// throws for what it finds. Strangers read <see cref="HealthEntry.Detail"/>: addresses and the broker's words belong into
    /// <see cref="HealthEntry.Failure"/>, secrets into neither.
    /// </summary>
    Task<IReadOnlyList<HealthEntry>> CheckHealthAsync(CancellationToken cancellationToken = default);
}
