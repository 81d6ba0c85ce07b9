using DbMove.Events;
using DbMove.Nats.Connection;
using DbMove.Nats.Streams;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats;

/// <summary>
/// How connection, stream and consumer are. Never worse than degraded: without the broker repairs wait, and reads and writes do
/// not need it.
/// </summary>
internal sealed class BrokerHealth(ServerConnection connection, StreamKeeper keeper, StreamPlan plan, EventBrokerSetup setup)
{
    // For how long something that was missing and was made again is shown.
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);

    /// <summary>Messages that are waiting or not acknowledged; null: stream or consumer is missing.</summary>
    /// <exception cref="EventChannelException">The server cannot be asked.</exception>
    public async Task<long?> CountAsync(NatsSession session, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSConsumer consumer = await session.CallAsync(
                $"for consumer '{plan.Consumer}'", (jetStream, token) => jetStream.GetConsumerAsync(plan.Stream, plan.Consumer, token), cancellationToken).ConfigureAwait(false);
            ConsumerInfo info = consumer.Info;
            return (long)info.NumPending + info.NumAckPending;
        }
        catch (NatsJSApiException refused) when (refused.Error.ErrCode is ApiErrors.ConsumerNotFound or ApiErrors.StreamNotFound)
        {
            return null;
        }
        catch (NatsJSApiException refused)
        {
            throw new EventChannelException($"The NATS server at {session.Where} refused to show consumer '{plan.Consumer}': {refused.Error.Description} (code {refused.Error.ErrCode}).", refused);
        }
    }

    /// <summary>Looks at everything.</summary>
    public async Task<IReadOnlyList<HealthEntry>> CheckAsync(CancellationToken cancellationToken)
    {
        List<HealthEntry> entries = [];
        try
        {
            NatsSession session = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
            entries.Add(new HealthEntry("nats", HealthStatus.Healthy, $"Connected to {connection.Where}."));
            await keeper.EnsureAsync(session, cancellationToken).ConfigureAwait(false);
            entries.Add(await CountAsync(session, cancellationToken).ConfigureAwait(false) is { } pending
                ? new HealthEntry("nats_consumer", HealthStatus.Healthy, $"Consumer {plan.Consumer} of stream {plan.Stream} has {pending} messages that are waiting or not acknowledged.")
                : new HealthEntry("nats_consumer", HealthStatus.Degraded, $"Consumer {plan.Consumer} of stream {plan.Stream} is missing; the next receiver makes it again."));
        }
        catch (EventChannelException exception)
        {
            entries.Add(new HealthEntry(entries.Count == 0 ? "nats" : "nats_consumer", HealthStatus.Degraded, exception.Message));
        }

        if (keeper.LastRemade is { } remade && setup.Time.GetUtcNow() - remade.At < s_memory)
        {
            entries.Add(new HealthEntry("nats_remade", HealthStatus.Degraded, $"The {remade.What} was missing and was made again at {remade.At:u}. Find out who deleted it; events that were in it are published again."));
        }

        return entries;
    }
}
