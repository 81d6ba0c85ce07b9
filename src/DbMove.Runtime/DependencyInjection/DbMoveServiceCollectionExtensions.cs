using DbMove;
using DbMove.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds migrations to a container.</summary>
public static class DbMoveServiceCollectionExtensions
{
    /// <summary>
    /// Adds a migration, its generated repositories and fixers, and a hosted service that starts it before every other
    /// hosted service and stops it after them.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">The migration's name, the key of its services; see <see cref="MigrationBuilder"/>.</param>
    /// <param name="configure">Describes the migration. Runs now, once: what it registers depends on the entities.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// <see cref="Migration"/>, also as <see cref="IDualWriteTransactions"/>, and every generated service are singletons with the migration's name as their key, and
    /// without a key too as long as one migration only has them. Logger factory and <see cref="TimeProvider"/> come from
    /// the container unless the builder was given others. The databases are opened when the host starts.
    /// </remarks>
    /// <exception cref="MigrationConfigurationException">The description cannot work, or the name is taken.</exception>
    public static IServiceCollection AddDbMove(this IServiceCollection services, string name, Action<MigrationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        MigrationBuilder builder = new(name);
        configure(builder);
        builder.Check();
        return Add(services, name, builder, null);
    }

    /// <summary>Adds a migration of which some parts, such as data sources or options, come from the container.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="name">The migration's name, the key of its services; see <see cref="MigrationBuilder"/>.</param>
    /// <param name="addEntities">Adds the entities, and whatever else is known already. Runs now, once: what it registers depends on the entities.</param>
    /// <param name="connect">
    /// Adds the rest: the sides, options. Runs when the migration is first asked for, once a container; may add no entity,
    /// since a container that is built takes no more services.
    /// </param>
    /// <returns>The same services.</returns>
    /// <remarks>As <see cref="AddDbMove(IServiceCollection, string, Action{MigrationBuilder})"/> otherwise, but what is missing is found when the migration is first asked for.</remarks>
    /// <exception cref="MigrationConfigurationException">The name is taken or none.</exception>
    public static IServiceCollection AddDbMove(
        this IServiceCollection services, string name, Action<MigrationBuilder> addEntities, Action<IServiceProvider, MigrationBuilder> connect)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(addEntities);
        ArgumentNullException.ThrowIfNull(connect);
        MigrationBuilder builder = new(name);
        addEntities(builder);
        return Add(services, name, builder, connect);
    }

    private static IServiceCollection Add(IServiceCollection services, string name, MigrationBuilder builder, Action<IServiceProvider, MigrationBuilder>? connect)
    {
        MigrationRegistry registry = MigrationRegistry.Of(services);
        registry.AddMigration(name);
        builder.FixEntities();
        ContainerServices container = new(services, registry, name);
        Lock building = new();
        container.AddFactory(provider =>
        {
            // Two containers over the same services share the builder.
            lock (building)
            {
                connect?.Invoke(provider, builder);
                return builder.BuildWith(provider.GetService<ILoggerFactory>(), provider.GetService<TimeProvider>());
            }
        });
        container.AddAs<IDualWriteTransactions, Migration>();
        builder.AddServices(container);
        container.Add(static migration => migration.CreateDataSource());
        services.AddSingleton<IHostedService>(provider => new MigrationHostedService(provider.GetRequiredKeyedService<Migration>(name)));
        return services;
    }
}
