using DbMove.Nats;
using DbMove.Nats.Connection;
using NATS.Client.Core;

namespace DbMove;

/// <summary>Carries a migration's events over NATS JetStream, so that any number of processes share the repairs.</summary>
public static class NatsMigrationBuilderExtensions
{
    /// <summary>Distributes the migration's events over NATS JetStream.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="url">See the overload with options.</param>
    /// <returns>The builder.</returns>
    public static MigrationBuilder UseNats(this MigrationBuilder builder, string url) => builder.UseNats(url, null);

    /// <summary>Distributes the migration's events over NATS JetStream.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="url">
    /// <c>nats://host:port</c> or <c>tls://host:port</c>, the port 4222 by default; several servers of one cluster with commas
    /// between them. It may carry <c>user:password@</c> or <c>token@</c>, percent-encoded where needed; that part is never
    /// printed.
    /// </param>
    /// <param name="configure">Changes the options. Null: a login as the URL says, a work queue of its own.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// The connection is made in the background when it is needed first, and made again for ever when it is lost: neither the
    /// start of the service nor any of its writes waits for NATS. While the server is away, events stay in the target's
    /// control table. Wrong options are reported when the migration is built.
    /// </remarks>
    public static MigrationBuilder UseNats(this MigrationBuilder builder, string url, Action<NatsOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        NatsOptions options = Configured(configure);
        return builder.Configure(migration => migration.Events.Broker = setup =>
        {
            ServerAddress address = NatsOptionsCheck.Check(setup.Migration, url, options);
            return new NatsEventBroker(setup, options, new OwnedConnection(address, Login.From(address, options), options, setup));
        });
    }

    /// <summary>Distributes the migration's events over NATS JetStream, through a connection of the application.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="connection">See the overload with options.</param>
    /// <returns>The builder.</returns>
    public static MigrationBuilder UseNats(this MigrationBuilder builder, INatsConnection connection) => builder.UseNats(connection, null);

    /// <summary>Distributes the migration's events over NATS JetStream, through a connection of the application.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="connection">
    /// The connection. It stays the application's: DbMove does not dispose it, and how it logs in and reconnects is its own
    /// affair. Danger: by default the client gives up for ever when it is refused twice; set <c>IgnoreAuthErrorAbort</c>.
    /// </param>
    /// <param name="configure">Changes the options. Those of login, certificates and reconnecting must stay as they are.</param>
    /// <returns>The builder.</returns>
    public static MigrationBuilder UseNats(this MigrationBuilder builder, INatsConnection connection, Action<NatsOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        NatsOptions options = Configured(configure);
        return builder.Configure(migration => migration.Events.Broker = setup =>
        {
            NatsOptionsCheck.CheckWithConnection(setup.Migration, options);
            return new NatsEventBroker(setup, options, new SuppliedConnection(connection, options));
        });
    }

    private static NatsOptions Configured(Action<NatsOptions>? configure)
    {
        NatsOptions options = new();
        configure?.Invoke(options);

        // What the caller keeps and changes later must not change a migration that was checked.
        return options.Clone();
    }
}
