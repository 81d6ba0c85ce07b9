using Microsoft.Extensions.DependencyInjection;

namespace DbMove.DependencyInjection;

/// <summary>Which migrations of a service collection offer which service. One instance a collection.</summary>
internal sealed class MigrationRegistry
{
    private readonly HashSet<string> _migrations = [];
    private readonly Dictionary<Type, List<string>> _owners = [];

    /// <summary>The collection's registry, added when it has none.</summary>
    public static MigrationRegistry Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => !service.IsKeyedService && service.ImplementationInstance is MigrationRegistry)?.ImplementationInstance is MigrationRegistry found)
        {
            return found;
        }

        MigrationRegistry registry = new();
        services.AddSingleton(registry);
        return registry;
    }

    /// <summary>Takes a migration's name.</summary>
    /// <exception cref="MigrationConfigurationException">It is taken.</exception>
    public void AddMigration(string name)
    {
        if (!_migrations.Add(name))
        {
            throw new MigrationConfigurationException($"Migration '{name}' is registered twice. Call AddDbMove once a migration, and give each a name of its own.");
        }
    }

    /// <summary>Notes that a migration offers a service.</summary>
    public void AddOwner(Type service, string migration)
    {
        if (!_owners.TryGetValue(service, out List<string>? owners))
        {
            _owners.Add(service, owners = []);
        }

        owners.Add(migration);
    }

    /// <summary>Resolves a service without a key: that of the one migration that offers it.</summary>
    /// <exception cref="MigrationConfigurationException">Several offer it.</exception>
    public TService Resolve<TService>(IServiceProvider provider)
        where TService : class
    {
        List<string> owners = _owners[typeof(TService)];
        string name = typeof(TService).Name;
        return owners.Count == 1
            ? provider.GetRequiredKeyedService<TService>(owners[0])
            : throw new MigrationConfigurationException(
                $"{name} is in the migrations {string.Join(" and ", owners.Select(owner => $"'{owner}'"))}, so it must be asked for by the migration's name: [FromKeyedServices(\"{owners[0]}\")] {name}, or GetRequiredKeyedService<{name}>(\"{owners[0]}\").");
    }
}
