using System.Diagnostics;
using DbMove;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Traffic;

/// <summary>One reader: reads through the repositories and checks that every row was acknowledged or in flight at that moment.</summary>
internal sealed class Reader(SeededShop seeded, ShopRepositories shop, Books books, RecentOrders recent, TrafficCounters counters, Random random)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync();
                counters.CountRead();
            }
            catch (Exception exception) when (exception is DatabaseUnavailableException or StageUnknownException)
            {
                await Task.Delay(50, CancellationToken.None);
            }

            await Task.Yield();
        }
    }

    private async Task ReadAsync()
    {
        long order = PickOrder();
        switch (random.Next(10))
        {
            case < 4:
                await CheckAsync([new(ShopTable.Orders, order)], async () => [await shop.Orders.FindAsync(order)]);
                break;
            case < 6:
                long[] orders = [.. Enumerable.Range(0, 8).Select(_ => PickOrder()).Append(order).Distinct()];
                await CheckAsync([.. orders.Select(id => new RowKey(ShopTable.Orders, id))], async () => await shop.Orders.FindManyAsync(orders));
                break;
            case < 9:
                OrderLineKey[] lines = [.. Enumerable.Range(1, 4).Select(line => new OrderLineKey(order, line))];
                await CheckAsync([.. lines.Select(line => new RowKey(ShopTable.OrderLines, line.OrderId, line.LineNumber))], async () => await shop.Lines.FindManyAsync(lines));
                break;
            default:
                long customer = 1 + random.Next(seeded.Customers);
                await CheckAsync([new(ShopTable.Customers, customer)], async () => [await shop.Customers.FindAsync(customer)]);
                break;
        }
    }

    private async Task CheckAsync(IReadOnlyList<RowKey> keys, Func<Task<IReadOnlyList<object?>>> read)
    {
        long from = Stopwatch.GetTimestamp();
        IReadOnlyList<object?> rows = await read();
        long until = Stopwatch.GetTimestamp();
        for (int index = 0; index < keys.Count; index++)
        {
            if (books.Allows(keys[index], rows[index], from, until))
            {
                continue;
            }

            // For at most the poll interval after a switch a read may still come from the former authority.
            long earlier = from - (long)(ShopMigration.PollInterval.TotalSeconds * Stopwatch.Frequency);
            if (!counters.OverlapsSwitch(earlier, until) || !books.Allows(keys[index], rows[index], earlier, until))
            {
                throw new WrongResultException($"A reader got {rows[index] ?? "nothing"} for {keys[index]}, which was neither acknowledged nor in flight.");
            }

            counters.CountStaleRead();
        }
    }

    private long PickOrder() => random.Next(2) == 0 ? recent.Pick(random) : 1 + random.Next(seeded.Orders);
}
