using DbMove;

namespace Quickstart.Shop;

/// <summary>The generated repositories, and the transactions over them.</summary>
internal sealed class ShopRepositories(Migration migration)
{
    public CustomerRepository Customers { get; } = new(migration);

    public OrderRepository Orders { get; } = new(migration);

    public OrderLineRepository Lines { get; } = new(migration);

    public Migration Migration { get; } = migration;
}
