using DbMove.Nats.Connection;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats.Streams;

/// <summary>Looks at the consumer and changes nothing.</summary>
internal sealed class ConsumerView(StreamPlan plan)
{
    /// <summary>The consumer as the server shows it; null: it or its stream is missing.</summary>
    /// <exception cref="EventChannelException">The server cannot be asked.</exception>
    public async Task<ConsumerInfo?> FindAsync(NatsSession session, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSConsumer consumer = await session.CallAsync(
                $"for consumer '{plan.Consumer}'", (jetStream, token) => jetStream.GetConsumerAsync(plan.Stream, plan.Consumer, token), cancellationToken).ConfigureAwait(false);
            return consumer.Info;
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

    /// <summary>Messages that are waiting or not acknowledged.</summary>
    public static long PendingOf(ConsumerInfo info) => (long)info.NumPending + info.NumAckPending;
}
