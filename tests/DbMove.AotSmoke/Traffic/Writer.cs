using DbMove.AotSmoke.Service;

namespace DbMove.AotSmoke.Traffic;

/// <summary>One caller: its orders and parcels are written by nobody else, so each answer must agree with the last one.</summary>
internal sealed class Writer(int number, ShopClient shop, Ledger ledger)
{
    private readonly SortedSet<long> _placed = [];

    private string Customer => $"Zoë {number}";

    /// <summary>An order and its parcel through all that the service offers.</summary>
    public async Task RunRoundAsync(int round)
    {
        OrderView order = Keep(await shop.PlaceAsync(OrderOf(round, 2)));
        ParcelView parcel = Keep(await shop.PutAsync(ParcelOf(order.Id, round)));
        switch (round % 4)
        {
            case 1:
                order = Keep(await shop.ReplaceAsync(order.Id, OrderOf(round + 1, 3)));
                parcel = Keep(await shop.PutAsync(parcel with { State = "Arrived", IsFragile = true, Weight = null, DueBy = null, Note = "ß" }));
                break;
            case 2:
                order = Keep(await shop.ReplaceAsync(order.Id, OrderOf(round + 1, 1)));
                order = Keep(await shop.CancelAsync(order.Id));
                break;
            case 3:
                await shop.DeleteParcelAsync(parcel.Id);
                ledger.DeletedParcel(parcel.Id);
                await shop.DeleteOrderAsync(order.Id);
                ledger.DeletedOrder(order.Id);
                _placed.Remove(order.Id);
                break;
        }

        await CheckAsync(order.Id, parcel.Id);
        if (round % 8 == 7)
        {
            await CancelAllAsync();
        }
    }

    /// <summary>Every order that is placed still, in one statement of the service.</summary>
    private async Task CancelAllAsync()
    {
        IReadOnlyList<OrderView> cancelled = await shop.CancelAllAsync(Customer);
        string told = string.Join(", ", cancelled.Select(order => order.Id));
        string placed = string.Join(", ", _placed);
        SmokeException.Require(told == placed, $"of {Customer} the orders {told} were cancelled, and {placed} were placed");
        foreach (OrderView order in cancelled)
        {
            Keep(order);
        }
    }

    private object OrderOf(int round, int lines) => new
    {
        Customer,
        Note = round % 2 == 0 ? null : $"round {round}",
        Lines = Enumerable.Range(1, lines).Select(line => new { Sku = $"A-{round}-{line}", Quantity = line, UnitPrice = 0.25m * line + (round % 100) }),
    };

    private static ParcelView ParcelOf(long order, int round) => new(
        Guid.NewGuid(), order, "Sent", false, round / 3.0, DateTimeOffset.UnixEpoch.AddSeconds(round).ToOffset(TimeSpan.FromHours(2)), new DateOnly(2030, 1, 1).AddDays(round % 365), new TimeOnly(17, 30), [1, 2, (byte)round], null);

    private OrderView Keep(OrderView order)
    {
        ledger.Stored(order);
        _ = order.Status == "Placed" ? _placed.Add(order.Id) : _placed.Remove(order.Id);
        return order;
    }

    private ParcelView Keep(ParcelView parcel)
    {
        ledger.Stored(parcel);
        return parcel;
    }

    private async Task CheckAsync(long order, Guid parcel)
    {
        OrderView? storedOrder = await shop.FindOrderAsync(order);
        ParcelView? storedParcel = await shop.FindParcelAsync(parcel);
        string? orderText = storedOrder is null ? null : RowText.Order(storedOrder);
        string? parcelText = storedParcel is null ? null : RowText.Parcel(storedParcel);
        SmokeException.Require(orderText == ledger.Orders[order], $"order {order} is read as {orderText ?? "absent"} after {ledger.Orders[order] ?? "its delete"} was acknowledged");
        SmokeException.Require(parcelText == ledger.Parcels[parcel], $"parcel {parcel} is read as {parcelText ?? "absent"} after {ledger.Parcels[parcel] ?? "its delete"} was acknowledged");
    }
}
