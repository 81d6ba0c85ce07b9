using DbMove.AotSmoke.Service;

namespace DbMove.AotSmoke.Traffic;

/// <summary>One caller: its orders and parcels are written by nobody else, so each answer must agree with the last one.</summary>
internal sealed class Writer(int number, ShopClient shop, Ledger ledger)
{
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
                break;
        }

        await CheckAsync(order.Id, parcel.Id);
    }

    private object OrderOf(int round, int lines) => new
    {
        Customer = $"Zoë {number}",
        Note = round % 2 == 0 ? null : $"round {round}",
        Lines = Enumerable.Range(1, lines).Select(line => new { Sku = $"A-{round}-{line}", Quantity = line, UnitPrice = 0.25m * line + (round % 100) }),
    };

    private static ParcelView ParcelOf(long order, int round) => new(
        Guid.NewGuid(), order, "Sent", false, round / 3.0, DateTimeOffset.UnixEpoch.AddSeconds(round).ToOffset(TimeSpan.FromHours(2)), new DateOnly(2030, 1, 1).AddDays(round % 365), new TimeOnly(17, 30), [1, 2, (byte)round], null);

    private OrderView Keep(OrderView order)
    {
        ledger.Stored(order);
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
