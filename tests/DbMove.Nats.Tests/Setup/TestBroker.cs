using DbMove.Events;
using DbMove.Nats.Connection;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;

namespace DbMove.Nats.Tests.Setup;

/// <summary>A broker of a migration that is the test's alone, made as <c>UseNats</c> makes it; with what it has logged.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private static int s_migrations;

    private TestBroker(string migration, IEventBroker broker, CollectedLog log) => (Migration, Broker, Log) = (migration, broker, log);

    public string Migration { get; }

    public IEventBroker Broker { get; }

    public CollectedLog Log { get; }

    public string Stream => $"dbmove-{Migration}";

    public string Consumer => $"{Migration}-fixers";

    public static string NewMigration() => $"test-{Interlocked.Increment(ref s_migrations).ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    public static TestBroker Create(string url, Action<NatsOptions>? configure = null, string? migration = null, TimeSpan? lease = null, TimeProvider? time = null)
    {
        MigrationBuilder builder = new MigrationBuilder(migration ??= NewMigration()).UseNats(url, configure);
        return Create(builder, migration, lease, time);
    }

    public static TestBroker Create(INatsConnection connection, Action<NatsOptions>? configure = null) =>
        Create(new MigrationBuilder("own").UseNats(connection, configure), NewMigration(), null, null);

    public InconsistencyEvent NewEvent(string entity = "orders", int keys = 1, int attempts = 0) => new()
    {
        Id = Guid.NewGuid().ToString("N"),
        Migration = Migration,
        Entity = entity,
        Kind = InconsistencyKind.Different,
        Base = Side.Source,
        Keys = [.. Enumerable.Range(1, keys).Select(key => $"[\"{key}\"]")],
        CreatedAt = DateTimeOffset.UnixEpoch.AddDays(1),
        Attempts = attempts,
    };

    public BrokerMessage NewMessage(string entity = "orders", int keys = 1) => new(NewEvent(entity, keys), 1);

    /// <summary>Publishes one message, which must be taken.</summary>
    public async Task<BrokerMessage> PublishAsync(string entity = "orders")
    {
        BrokerMessage message = NewMessage(entity);
        Assert.Equal([PublishOutcome.Accepted], await Broker.PublishAsync([message]));
        return message;
    }

    /// <summary>Receives one message, which must come.</summary>
    public async Task<BrokerDelivery> ReceiveAsync() => await Broker.ReceiveAsync(TimeSpan.FromSeconds(20)) ?? throw new InvalidOperationException("No message came.");

    public async ValueTask DisposeAsync() => await Broker.DisposeAsync();

    /// <summary>What the migration does with the builder's choice of a broker.</summary>
    public static (IEventBroker Broker, CollectedLog Log) Build(MigrationBuilder builder, string migration, TimeProvider? time = null)
    {
        CollectedLog log = new();
        return (builder.Options.Events.Broker!(new EventBrokerSetup(migration, builder.Options.Events, log, time ?? TimeProvider.System)), log);
    }

    private static TestBroker Create(MigrationBuilder builder, string migration, TimeSpan? lease, TimeProvider? time)
    {
        builder.Options.Events.Lease = lease ?? TimeSpan.FromSeconds(30);
        (IEventBroker broker, CollectedLog log) = Build(builder, migration, time);
        return new TestBroker(migration, broker, log);
    }
}
