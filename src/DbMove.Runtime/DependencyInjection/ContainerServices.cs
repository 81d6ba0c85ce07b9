using DbMove.Mapping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DbMove.DependencyInjection;

/// <summary>Registers the services of one migration: keyed by its name, and without a key while no other migration has them.</summary>
internal sealed class ContainerServices(IServiceCollection services, MigrationRegistry registry, string migration) : IMigratableServices
{
    public void Add<TService>(Func<Migration, TService> create)
        where TService : class =>
        AddFactory(provider => create(provider.GetRequiredKeyedService<Migration>(migration)));

    public void AddAs<TService, TImplementation>()
        where TService : class
        where TImplementation : class, TService =>
        AddFactory<TService>(provider => provider.GetRequiredKeyedService<TImplementation>(migration));

    public void AddFactory<TService>(Func<IServiceProvider, TService> create)
        where TService : class
    {
        registry.AddOwner(typeof(TService), migration);
        services.AddKeyedSingleton(migration, (provider, _) => create(provider));
        services.TryAddSingleton(registry.Resolve<TService>);
    }
}
