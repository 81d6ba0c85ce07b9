using System.Collections.Concurrent;
using System.Globalization;
using DbMove.AotSmoke.Entities;

namespace DbMove.AotSmoke;

/// <summary>Writes through the generated repositories until it is told to stop, and keeps a ledger of what was acknowledged.</summary>
internal sealed class SmokeWriters(Migration migration)
{
    private readonly OrderRepository _orders = new(migration);
    private readonly OrderLineRepository _lines = new(migration);
    private readonly ParcelRepository _parcels = new(migration);
    private int _writes;

    /// <summary>Orders by number: customer and total as acknowledged; null when deleted.</summary>
    public ConcurrentDictionary<long, string?> Orders { get; } = [];

    public int Writes => Volatile.Read(ref _writes);

    public Task RunAsync(int writers, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer, stop))));

    private async Task WriteAsync(int writer, CancellationToken stop)
    {
        for (int round = 0; !stop.IsCancellationRequested; round++)
        {
            await using (DualWriteTransaction transaction = await migration.BeginTransactionAsync())
            {
                Order order = await _orders.InsertAsync(new Order { Customer = $"Zoë {writer}", Total = round }, transaction);
                await _lines.InsertAsync(new OrderLine { OrderId = order.Id, Line = 1, Quantity = 3 }, transaction);
                await transaction.CommitAsync();
                Acknowledge(order);

                if (round % 3 == 1)
                {
                    order.Total += 0.25m;
                    Acknowledge(await _orders.UpdateAsync(order) ?? throw new InvalidOperationException($"Order {order.Id} was not updated."));
                    await _lines.UpdateAsync(new OrderLine { OrderId = order.Id, Line = 1, Quantity = 4 });
                }
                else if (round % 3 == 2)
                {
                    await _lines.DeleteAsync(new OrderLineKey(order.Id, 1));
                    await _orders.DeleteAsync(order.Id);
                    Orders[order.Id] = null;
                }
            }

            Parcel parcel = new() { Id = Guid.NewGuid(), State = ParcelState.Sent, Weight = round / 3.0, SentAt = DateTimeOffset.UnixEpoch.AddSeconds(round), Seal = [1, 2, (byte)round], DueOn = new DateOnly(2030, 1, 1) };
            await _parcels.InsertAsync(parcel);
            await _parcels.UpsertAsync(parcel with { State = ParcelState.Arrived, IsFragile = true, Note = "ß" });
            if ((await _parcels.FindAsync(parcel.Id)) is null)
            {
                throw new InvalidOperationException($"Parcel {parcel.Id} was acknowledged and is not found.");
            }

            Interlocked.Increment(ref _writes);
        }
    }

    private void Acknowledge(Order order) => Orders[order.Id] = string.Create(CultureInfo.InvariantCulture, $"{order.Customer}|{order.Total:0.00}");
}
