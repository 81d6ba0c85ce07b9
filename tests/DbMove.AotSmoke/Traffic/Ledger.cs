using System.Collections.Concurrent;

namespace DbMove.AotSmoke.Traffic;

/// <summary>What the service has acknowledged: the last row of each key, null where it was deleted.</summary>
internal sealed class Ledger
{
    private int _writes;

    public ConcurrentDictionary<long, string?> Orders { get; } = [];

    public ConcurrentDictionary<(long Order, int Line), string?> Lines { get; } = [];

    public ConcurrentDictionary<Guid, string?> Parcels { get; } = [];

    /// <summary>Acknowledged calls that wrote.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public void Stored(OrderView order)
    {
        Orders[order.Id] = RowText.Order(order);
        ForgetLines(order.Id);
        foreach (LineView line in order.Lines)
        {
            Lines[(order.Id, line.Line)] = RowText.Line(order.Id, line.Line, line.Sku, line.Quantity, line.UnitPrice);
        }

        Interlocked.Increment(ref _writes);
    }

    public void Stored(ParcelView parcel)
    {
        Parcels[parcel.Id] = RowText.Parcel(parcel);
        Interlocked.Increment(ref _writes);
    }

    public void DeletedOrder(long id)
    {
        Orders[id] = null;
        ForgetLines(id);
        Interlocked.Increment(ref _writes);
    }

    public void DeletedParcel(Guid id)
    {
        Parcels[id] = null;
        Interlocked.Increment(ref _writes);
    }

    private void ForgetLines(long order)
    {
        for (int line = 1; Lines.ContainsKey((order, line)); line++)
        {
            Lines[(order, line)] = null;
        }
    }
}
