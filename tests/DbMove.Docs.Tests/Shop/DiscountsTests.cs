using DbMove;

namespace Shop;

/// <summary>The tests without a database of docs/repositories.md.</summary>
public sealed class DiscountsTests
{
    // repositories:memory
    [Fact]
    public async Task A_discount_is_taken_off_the_total()
    {
        InMemoryDatabase database = new();
        InMemoryOrderRepository orders = new(database);
        Order order = await orders.InsertAsync(new Order { Customer = "Ada", Total = 12 });

        await new Discounts(orders, database).GrantAsync(order.Id, 5);

        Assert.Equal(7, orders.Rows.Single().Total);
    }
    // repositories:end

    // repositories:override
    private sealed class OrdersInMemory(InMemoryDatabase database) : InMemoryOrderRepository(database)
    {
        public override async Task<IReadOnlyList<Order>> DeleteSmallAsync(decimal limit, DualWriteTransaction? transaction = null, CancellationToken cancellationToken = default)
        {
            Order[] small = [.. RowsIn(transaction).Where(order => order.Total < limit)];
            await DeleteManyAsync([.. small.Select(order => order.Id)], transaction, cancellationToken);
            return small;
        }
    }
    // repositories:end

    [Fact]
    public async Task An_override_does_what_the_sql_means()
    {
        OrdersInMemory orders = new(new InMemoryDatabase());
        await orders.InsertManyAsync([new Order { Customer = "Ada", Total = 12 }, new Order { Customer = "Bob", Total = 1 }]);

        Assert.Equal(["Bob"], (await ((IOrderRepository)orders).DeleteSmallAsync(5)).Select(order => order.Customer));
        Assert.Equal(["Ada"], orders.Rows.Select(order => order.Customer));
        await Assert.ThrowsAsync<NotSupportedException>(() => orders.FindLargestAsync());
    }
}
