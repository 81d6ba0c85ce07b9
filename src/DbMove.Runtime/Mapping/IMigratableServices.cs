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
}
