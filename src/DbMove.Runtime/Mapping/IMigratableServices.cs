using System.ComponentModel;

namespace DbMove.Mapping;

/// <summary>Receives the generated services of an entity, so that a container can offer them without reflection.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMigratableServices
{
    /// <summary>Adds a service that is made once per migration.</summary>
    /// <typeparam name="TService">The generated type, such as <c>OrderRepository</c>.</typeparam>
    /// <param name="create">Makes it for a migration.</param>
    void Add<TService>(Func<Migration, TService> create)
        where TService : class;

    /// <summary>Offers a service that was added also as one of its interfaces: the same instance.</summary>
    /// <typeparam name="TService">The interface, such as <c>IOrderRepository</c>.</typeparam>
    /// <typeparam name="TImplementation">The service that was added.</typeparam>
    void AddAs<TService, TImplementation>()
        where TService : class
        where TImplementation : class, TService;
}
