using System.Collections.Concurrent;
using System.Diagnostics;
using Quickstart.Ledger;
using Quickstart.Seeding;
using Quickstart.Shop;

namespace Quickstart.Traffic;

/// <summary>
/// What every row must be, as the writers know it: the seeded row until someone writes it, then the versions. Readers hold
/// what they read against it.
/// </summary>
internal sealed class Books(SeededShop shop)
{
    private const int NobodysWriter = -1;
    private static readonly long s_memory = 30 * Stopwatch.Frequency;
    private readonly ConcurrentDictionary<RowKey, RowVersion> _rows = [];

    /// <summary>Takes over what an interrupted run acknowledged.</summary>
    public void Restore(LedgerContent ledger)
    {
        foreach ((RowKey key, (object? row, int writer)) in ledger.Acknowledged)
        {
            _rows[key] = new RowVersion(row, writer, 0, null) { Acknowledged = 0 };
        }

        foreach ((RowKey key, List<object?> images) in ledger.Undecided)
        {
            foreach (object? image in images)
            {
                RowVersion before = _rows.GetValueOrDefault(key) ?? Seeded(key);
                _rows[key] = new RowVersion(image, before.Owner, 0, before) { IsUndecided = true };
            }
        }
    }

    /// <summary>The row as its last acknowledged write left it. False: nobody knows it, so leave it alone.</summary>
    public bool TryGetCurrent(RowKey key, out object? row)
    {
        RowVersion? version = Newest(key);
        while (version is { IsVoid: true })
        {
            version = version.Previous;
        }

        row = version?.Row;
        return version is not { IsUndecided: true };
    }

    /// <summary>Notes that a write of a row is about to begin.</summary>
    public RowVersion Begin(RowKey key, object? row, int owner)
    {
        RowVersion previous = _rows.GetValueOrDefault(key) ?? Seeded(key);
        long now = Stopwatch.GetTimestamp();
        if (previous.Acknowledged < now - s_memory)
        {
            // No read goes on that long, so no reader needs what was before.
            previous.Previous = null;
        }

        return _rows[key] = new RowVersion(row, owner, now, previous);
    }

    /// <summary>Notes a row that the database has just numbered.</summary>
    public void AddInserted(RowKey key, object row, int owner, long begun, long acknowledged) =>
        _rows[key] = new RowVersion(row, owner, begun, Seeded(key)) { Acknowledged = acknowledged };

    /// <summary>
    /// Whether a row that was read between two moments is one that was acknowledged or in flight then.
    /// </summary>
    public bool Allows(RowKey key, object? read, long from, long until)
    {
        for (RowVersion? version = Newest(key); version is not null; version = version.Previous)
        {
            if (version.IsVoid || version.Begun > until)
            {
                continue;
            }

            if (Equals(version.Row, read))
            {
                return true;
            }

            if (version.Acknowledged <= from)
            {
                return false;
            }
        }

        return false;
    }

    private RowVersion? Newest(RowKey key) => _rows.GetValueOrDefault(key) ?? Seeded(key);

    private RowVersion Seeded(RowKey key) => new(shop.Find(key), NobodysWriter, 0, null) { Acknowledged = 0 };
}
