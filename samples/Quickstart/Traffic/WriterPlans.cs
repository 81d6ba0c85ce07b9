using DbMove;
using Quickstart.Scenario;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Traffic;

/// <summary>
/// Decides what one writer does next: inserts, updates, deletes and transactions over two entities, 40/40/10/10, spread over
/// the whole key range. A writer touches only rows of its own (by key), so that the ledger knows each row's last write.
/// </summary>
internal sealed class WriterPlans(int writer, int writers, SeededShop shop, Books books, DamagePlan damage, Random random)
{
    private const int MaximumLines = 6;
    private const int MaximumTries = 500;
    private readonly List<long> _inserted = [];
    private long _number;

    public PlannedWrite Next(long write)
    {
        _number = write;
        return random.Next(100) switch
        {
            < 40 => Insert(),
            < 80 => Update(),
            < 90 => Delete(),
            _ => Transaction(),
        } ?? InsertOrder();
    }

    /// <summary>Notes an order that this writer has inserted, and so owns.</summary>
    public void Own(long order) => _inserted.Add(order);

    private PlannedWrite? Insert()
    {
        int roll = random.Next(100);
        if (roll < 5)
        {
            Customer customer = NewCustomer();
            return new("insert", [(RowKey.Of(customer), customer)], async (shop, token) => [Image(await shop.Customers.InsertAsync(customer, cancellationToken: token))]);
        }

        if (roll < 60 || PickOrder(order => Lines(order).Count < MaximumLines) is not { } parent)
        {
            return InsertOrder();
        }

        OrderLine line = NewLine(parent);
        return new("insert", [(RowKey.Of(line), line)], async (shop, token) => [Image(await shop.Lines.InsertAsync(line, cancellationToken: token))]);
    }

    private PlannedWrite InsertOrder()
    {
        Order order = NewOrder(total: random.Next(1_000, 50_000) / 100m);
        return new("insert", [(RowKey.Of(order), order)], async (shop, token) => [Image(await shop.Orders.InsertAsync(order, cancellationToken: token))]);
    }

    private PlannedWrite? Update()
    {
        int roll = random.Next(100);
        if (roll < 10 && PickCustomer() is { } someone)
        {
            Customer customer = someone with { City = Catalogue.Cities[random.Next(Catalogue.Cities.Length)] };
            return new("update", [(RowKey.Of(customer), customer)], async (shop, token) => [Image(await shop.Customers.UpdateAsync(customer, cancellationToken: token) ?? throw Absent(customer))]);
        }

        if (roll < 65 && PickOrder(_ => true) is { } placed)
        {
            Order order = placed with { Status = (OrderStatus)random.Next(4), Note = $"changed by write {_number}", UpdatedAt = Now() };
            return new("update", [(RowKey.Of(order), order)], async (shop, token) => [Image(await shop.Orders.UpdateAsync(order, cancellationToken: token) ?? throw Absent(order))]);
        }

        if (PickOrder(order => Lines(order).Count > 0) is not { } parent)
        {
            return null;
        }

        List<OrderLine> lines = Lines(parent);
        OrderLine line = lines[random.Next(lines.Count)] with { Quantity = random.Next(1, 100) };
        return new("update", [(RowKey.Of(line), line)], async (shop, token) => [Image(await shop.Lines.UpdateAsync(line, cancellationToken: token) ?? throw Absent(line))]);
    }

    private PlannedWrite? Delete()
    {
        if (PickOrder(order => Lines(order).Count > 0 || order.Id > shop.Orders) is not { } order)
        {
            return null;
        }

        List<OrderLine> lines = Lines(order);
        if (lines.Count == 0)
        {
            return new("delete", [(RowKey.Of(order), null)], async (shop, token) => [Gone(order, await shop.Orders.DeleteAsync(order.Id, cancellationToken: token))]);
        }

        OrderLine line = lines[random.Next(lines.Count)];
        return new(
            "delete", [(RowKey.Of(line), null)],
            async (shop, token) => [Gone(line, await shop.Lines.DeleteAsync(new OrderLineKey(line.OrderId, line.LineNumber), cancellationToken: token))]);
    }

    private PlannedWrite? Transaction() => random.Next(3) switch
    {
        0 => PlaceOrder(),
        1 => ChangeQuantity(),
        _ => CancelOrder(),
    };

    /// <summary>An order with its lines; the lines need the number that the database gives the order.</summary>
    private PlannedWrite PlaceOrder()
    {
        Order order = NewOrder(total: 0);
        OrderLine[] lines = [.. Enumerable.Range(1, random.Next(1, 4)).Select(number => NewLine(order, number))];
        order = order with { Total = lines.Sum(line => line.Quantity * line.UnitPrice) };
        return new(
            "transaction", [(RowKey.Of(order), order), .. lines.Select(line => (RowKey.Of(line), (object?)line))],
            async (shop, token) =>
            {
                await using DualWriteTransaction transaction = await shop.Migration.BeginTransactionAsync(cancellationToken: token);
                Order stored = await shop.Orders.InsertAsync(order, transaction, token);
                IReadOnlyList<OrderLine> storedLines = await shop.Lines.InsertManyAsync([.. lines.Select(line => line with { OrderId = stored.Id })], transaction, token);
                await transaction.CommitAsync(token);
                return [Image(stored), .. storedLines.Select(Image)];
            });
    }

    private PlannedWrite? ChangeQuantity()
    {
        if (PickOrder(order => Lines(order).Count > 0) is not { } order)
        {
            return null;
        }

        OrderLine line = Lines(order)[0];
        OrderLine changed = line with { Quantity = random.Next(1, 100) };
        Order total = order with { Total = order.Total + ((changed.Quantity - line.Quantity) * line.UnitPrice), UpdatedAt = Now() };
        return new(
            "transaction", [(RowKey.Of(changed), changed), (RowKey.Of(total), total)],
            async (shop, token) =>
            {
                await using DualWriteTransaction transaction = await shop.Migration.BeginTransactionAsync(cancellationToken: token);
                OrderLine storedLine = await shop.Lines.UpdateAsync(changed, transaction, token) ?? throw Absent(changed);
                Order stored = await shop.Orders.UpdateAsync(total, transaction, token) ?? throw Absent(total);
                await transaction.CommitAsync(token);
                return [Image(storedLine), Image(stored)];
            });
    }

    private PlannedWrite? CancelOrder()
    {
        if (PickOrder(order => Lines(order).Count > 0) is not { } order)
        {
            return null;
        }

        List<OrderLine> lines = Lines(order);
        return new(
            "transaction", [.. lines.Select(line => (RowKey.Of(line), (object?)null)), (RowKey.Of(order), null)],
            async (shop, token) =>
            {
                await using DualWriteTransaction transaction = await shop.Migration.BeginTransactionAsync(cancellationToken: token);
                IReadOnlyList<bool> gone = await shop.Lines.DeleteManyAsync([.. lines.Select(line => new OrderLineKey(line.OrderId, line.LineNumber))], transaction, token);
                bool orderGone = await shop.Orders.DeleteAsync(order.Id, transaction, token);
                await transaction.CommitAsync(token);
                return [.. lines.Select((line, index) => Gone(line, gone[index])), Gone(order, orderGone)];
            });
    }

    /// <summary>An order of this writer that fits: a seeded one anywhere in the key range, or one that it inserted.</summary>
    private Order? PickOrder(Func<Order, bool> fits)
    {
        for (int attempt = 0; attempt < MaximumTries; attempt++)
        {
            long id = _inserted.Count > 0 && random.Next(4) == 0 ? _inserted[random.Next(_inserted.Count)] : PickOwn(shop.Orders);
            RowKey key = new(ShopTable.Orders, id);
            if (!damage.Reserves(key) && books.TryGetCurrent(key, out object? row) && row is Order order && fits(order))
            {
                return order;
            }
        }

        // A small shop may have run out of such orders.
        return null;
    }

    private Customer? PickCustomer()
    {
        for (int attempt = 0; attempt < MaximumTries; attempt++)
        {
            RowKey key = new(ShopTable.Customers, PickOwn(shop.Customers));
            if (!damage.Reserves(key) && books.TryGetCurrent(key, out object? row) && row is Customer customer)
            {
                return customer;
            }
        }

        return null;
    }

    /// <summary>One of the keys 1 to count that are this writer's: every so many.</summary>
    private long PickOwn(int count) => ((long)random.Next(((count - writer - 1) / writers) + 1) * writers) + writer + 1;

    private List<OrderLine> Lines(Order order)
    {
        List<OrderLine> lines = [];
        for (int number = 1; number <= MaximumLines; number++)
        {
            if (!books.TryGetCurrent(new RowKey(ShopTable.OrderLines, order.Id, number), out object? row))
            {
                // Whether the line is there is unknown, so the order's lines are nobody's to change.
                return [];
            }

            if (row is OrderLine line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private Customer NewCustomer() => new()
    {
        Name = $"{Catalogue.FirstNames[random.Next(Catalogue.FirstNames.Length)]} {Catalogue.LastNames[random.Next(Catalogue.LastNames.Length)]}",
        Email = $"writer{writer}.{_number}@example.com",
        City = Catalogue.Cities[random.Next(Catalogue.Cities.Length)],
        Since = DateOnly.FromDateTime(DateTime.UtcNow),
    };

    private Order NewOrder(decimal total)
    {
        DateTimeOffset now = Now();
        return new Order
        {
            Reference = $"W-{_number:D8}", CustomerId = 1 + random.Next(shop.Customers), Status = OrderStatus.Placed, Total = total, PlacedAt = now, UpdatedAt = now,
        };
    }

    /// <summary>A line with the first free number: often one that was deleted before.</summary>
    private OrderLine NewLine(Order order)
    {
        HashSet<int> taken = [.. Lines(order).Select(line => line.LineNumber)];
        return NewLine(order, Enumerable.Range(1, MaximumLines).First(number => !taken.Contains(number)));
    }

    private OrderLine NewLine(Order order, int number) => new()
    {
        OrderId = order.Id, LineNumber = number, Sku = $"SKU-{random.Next(5_000):D4}", Quantity = random.Next(1, 6), UnitPrice = random.Next(99, 20_000) / 100m,
    };

    /// <summary>To the microsecond, which both engines hold.</summary>
    private static DateTimeOffset Now()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    private static (RowKey Key, object? Row) Image(object row) => (RowKey.Of(row), row);

    private static (RowKey Key, object? Row) Gone(object row, bool wasThere) => wasThere ? (RowKey.Of(row), null) : throw Absent(row);

    private static WrongResultException Absent(object row) => new($"A write found no row {RowKey.Of(row)}, although it was acknowledged.");
}
