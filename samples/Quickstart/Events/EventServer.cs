using System.Security.Cryptography;
using System.Text;
using DbMove;
using DbMove.Events;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.Client.JetStream;
using Quickstart.Options;
using Quickstart.Shop;

namespace Quickstart.Events;

/// <summary>The NATS server that carries the run's events, in a stream of the run's own.</summary>
internal sealed class EventServer
{
    private readonly string _url;
    private readonly string _prefix;

    /// <param name="url">May hold a password: it is never printed.</param>
    /// <param name="run">What tells runs apart; the same for a run and for going on with it.</param>
    public EventServer(string url, string run)
    {
        _url = url;
        _prefix = "quickstart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run)))[..12];
    }

    private string Stream => $"{_prefix}-{ShopMigration.Name}";

    /// <summary>In an application: <c>builder.UseNats("nats://nats.example.com:4222")</c>.</summary>
    public void AddTo(MigrationBuilder builder) => builder.UseNats(_url, options => options.SubjectPrefix = _prefix);

    /// <summary>Asks the server before anything is changed. A service need not: there events wait until NATS is back.</summary>
    /// <exception cref="UsageException">It cannot be reached, does not let the sample in, or has no JetStream.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        MigrationBuilder builder = new(ShopMigration.Name);
        AddTo(builder);
        try
        {
            await using IEventBroker broker = builder.Options.Events.Broker!(
                new EventBrokerSetup(ShopMigration.Name, builder.Options.Events, NullLogger.Instance, TimeProvider.System));
            await broker.CountPendingAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is EventChannelException or MigrationConfigurationException)
        {
            throw new UsageException($"--nats cannot be used: {exception.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>Removes the run's stream from the server. One that stays does no harm; it is named.</summary>
    public async Task RemoveAsync()
    {
        try
        {
            await using NatsConnection connection = new(new NatsOpts { Url = _url });
            await new NatsJSContext(connection).DeleteStreamAsync(Stream, CancellationToken.None);
        }
        catch (NatsException)
        {
            await Console.Error.WriteLineAsync($"quickstart: the stream {Stream} could not be removed from the NATS server.");
        }
    }
}
