using DbMove.Dialects;
using DbMove.Simulation.Tests.Store;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Dialect;

/// <content>Ranges, unique values, and what there is none of here.</content>
internal sealed partial class ItemStore
{
    public Task<List<Item>> ReadPageAsync(SideSession session, KeyRange<long> range, int limit, CancellationToken cancellationToken) =>
        ReadAsync(session, "read page", transaction => Rows(transaction, range).Take(limit).ToList(), cancellationToken);

    public Task<KeyBound<long>?> FindBoundaryAsync(SideSession session, KeyRange<long> range, int position, CancellationToken cancellationToken) =>
        ReadAsync(session, "find boundary", transaction => Rows(transaction, range).Skip(position - 1).Select(row => (KeyBound<long>?)new KeyBound<long>(row.Id)).FirstOrDefault(), cancellationToken);

    public Task<KeyBound<long>?> FindLastKeyAsync(SideSession session, CancellationToken cancellationToken) =>
        ReadAsync(session, "find last key", transaction => Rows(transaction, default).Select(row => (KeyBound<long>?)new KeyBound<long>(row.Id)).LastOrDefault(), cancellationToken);

    public Task<long> EstimateRowCountAsync(SideSession session, CancellationToken cancellationToken) =>
        ReadAsync(session, "estimate", transaction => (long)Rows(transaction, default).Count(), cancellationToken);

    public Task<List<long>> FindHoldersAsync(SideSession session, Item image, UniqueIndexSchema index, CancellationToken cancellationToken) =>
        ReadAsync(
            session, $"find holders {image.Slot}",
            transaction => Rows(transaction, default).Where(row => image.Slot is not null && row.Slot == image.Slot && row.Id != image.Id).Select(row => row.Id).ToList(),
            cancellationToken);

    public Task<bool> TryParkAsync(SideSession session, IReadOnlyList<long> keys, UniqueIndexSchema index, CancellationToken cancellationToken)
    {
        int next = 0;
        return ((MemorySession)session).RunAsync<bool>(
            $"park {string.Join(',', keys)}",
            (operation, transaction) =>
            {
                for (; next < keys.Count; next++)
                {
                    Slot slot = transaction.Server.Tables["item"].At(keys[next]);
                    if (!MemoryServer.TryHold(operation, transaction, slot))
                    {
                        return false;
                    }

                    if (slot.Visible(transaction) is Item row && !transaction.Server.TryReplace(operation, transaction, slot, row with { Slot = null }))
                    {
                        return false;
                    }
                }

                return operation.Value = true;
            },
            cancellationToken);
    }

    public Task<long?> ReadIdentityAsync(SideSession session, CancellationToken cancellationToken) =>
        ReadAsync(session, "read identity", transaction => (long?)transaction.Server.Tables["item"].LastNumber, cancellationToken);

    public Task AdvanceIdentityAsync(SideSession session, long used, CancellationToken cancellationToken) =>
        ((MemorySession)session).RunAsync<int>(
            $"advance identity {used}",
            (operation, transaction) =>
            {
                transaction.Server.Tables["item"].GoBeyond(used);
                return true;
            },
            cancellationToken);

    public Task<RangeDigest> DigestAsync(SideSession session, KeyRange<long> range, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static Task<T> ReadAsync<T>(SideSession session, string label, Func<Transaction, T> read, CancellationToken cancellationToken) =>
        ((MemorySession)session).RunAsync<T>(
            label,
            (operation, transaction) =>
            {
                operation.Value = read(transaction);
                return true;
            },
            cancellationToken);

    private static IEnumerable<Item> Rows(Transaction transaction, KeyRange<long> range) =>
        transaction.Server.Tables["item"].VisibleTo(transaction)
            .Where(slot => (range.After is not { } after || slot.Key > after.Value) && (range.UpTo is not { } upTo || slot.Key <= upTo.Value))
            .Select(slot => (Item)slot.Visible(transaction)!);
}
