using DbMove.Events;
using DbMove.Nats.Connection;
using DbMove.Nats.Delivery;
using DbMove.Nats.Streams;
using NATS.Client.JetStream.Models;

namespace DbMove.Nats;

/// <summary>
/// How connection, stream and consumer are: what is known, and one look of bounded length that makes nothing. Never worse than
/// degraded: without the broker repairs wait, and reads and writes do not need it. Addresses and the server's words stand in
/// <see cref="HealthEntry.Failure"/> only, since strangers read the rest.
/// </summary>
internal sealed class BrokerHealth(ServerConnection connection, StreamKeeper keeper, ConsumerView view, ConsumerWatch watch, StreamPlan plan, EventBrokerSetup setup)
{
    // For how long something that was made again is shown.
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>Looks at everything, for about a second at most.</summary>
    public async Task<IReadOnlyList<HealthEntry>> CheckAsync(CancellationToken cancellationToken)
    {
        List<HealthEntry> entries = [];
        using CancellationTokenSource time = new(s_look, setup.Time);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        try
        {
            NatsSession session = await connection.GetAsync(limit.Token).ConfigureAwait(false);
            entries.Add(new HealthEntry("nats", HealthStatus.Healthy, "connected"));
            entries.Add(Describe(await view.FindAsync(session, limit.Token).ConfigureAwait(false)));
        }
        catch (EventChannelException exception)
        {
            entries.Add(Failed(entries.Count > 0, exception));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            entries.Add(Failed(entries.Count > 0, new EventChannelException(connection.Defect ?? $"The NATS server at {connection.Where} did not answer a look within {s_look}.", exception)));
        }
        catch (ObjectDisposedException exception)
        {
            entries.Add(Failed(entries.Count > 0, new EventChannelException("The connection was closed with the migration.", exception)));
        }

        if (keeper.LastRemade is { } remade && setup.Time.GetUtcNow() - remade.At < s_memory)
        {
            entries.Add(new HealthEntry("nats_remade", HealthStatus.Degraded, remade.WasDead
                ? $"The {remade.What} answered no pull and was replaced at {remade.At:u}. Its messages come again."
                : $"The {remade.What} was missing and was made again at {remade.At:u}. Find out who deleted it; events that were in it are published again."));
        }

        return entries;
    }

    private static HealthEntry Failed(bool isConnected, EventChannelException failure) => isConnected
        ? new("nats_consumer", HealthStatus.Degraded, "does not answer, or is not as it must be; the log says why") { Failure = failure }
        : new("nats", HealthStatus.Degraded, "not connected; the log says why") { Failure = failure };

    private HealthEntry Describe(ConsumerInfo? info)
    {
        string what = $"Consumer {plan.Consumer} of stream {plan.Stream}";
        return (keeper.Defect, info) switch
        {
            ({ } defect, _) => Failed(true, defect),

            // Where nothing has needed it yet, nothing is wrong.
            (_, null) => new("nats_consumer", keeper.HadConsumer ? HealthStatus.Degraded : HealthStatus.Healthy, $"{what} is missing; the next receiver makes it."),
            _ when watch.IsSilent => new("nats_consumer", HealthStatus.Degraded, $"{what} answers no pull. It is replaced when it is dead; the log says more."),
            _ => new("nats_consumer", HealthStatus.Healthy, $"{what} has {ConsumerView.PendingOf(info)} messages that are waiting or not acknowledged."),
        };
    }
}
