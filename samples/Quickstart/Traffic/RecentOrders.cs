namespace Quickstart.Traffic;

/// <summary>Orders that were written lately: half of the reads go there, where something may be wrong.</summary>
internal sealed class RecentOrders
{
    private readonly long[] _orders = new long[1024];
    private int _next;

    public void Note(long order) => Volatile.Write(ref _orders[Interlocked.Increment(ref _next) & (_orders.Length - 1)], order);

    /// <summary>One of them; 1 while there are few.</summary>
    public long Pick(Random random) => Math.Max(1, Volatile.Read(ref _orders[random.Next(_orders.Length)]));
}
