using DbMove.Dialects;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Store;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Dialect;

/// <content>Reads, locking reads, and what the follower receives.</content>
internal sealed partial class ItemStore
{
    private const long NotThere = -1;

    public Task<List<Item>> FindAsync(SideSession session, IReadOnlyList<long> keys, RowLock rowLock, CancellationToken cancellationToken)
    {
        List<Item> found = [];
        long[]? seen = null;
        int next = 0;
        return ((MemorySession)session).RunAsync<List<Item>>(
            $"find {string.Join(',', keys)} {rowLock}",
            (operation, transaction) =>
            {
                Table table = transaction.Server.Tables["item"];
                long[] sorted = [.. keys.Order()];
                seen ??= [.. sorted.Select(key => Seen(transaction, table.At(key)))];
                for (; next < sorted.Length; next++)
                {
                    Slot slot = table.At(sorted[next]);
                    bool isThere = seen[next] != NotThere;
                    if (rowLock == RowLock.Update && !TryHoldSeen(operation, transaction, slot, seen[next], locksAbsent: true, out isThere))
                    {
                        return false;
                    }

                    if (rowLock == RowLock.Share && !TryShareSeen(operation, transaction, slot, seen[next], out isThere))
                    {
                        return false;
                    }

                    if (isThere)
                    {
                        found.Add((Item)slot.Visible(transaction)!);
                    }
                }

                operation.Value = found;
                return true;
            },
            cancellationToken);
    }

    public Task UpsertImagesAsync(SideSession session, IReadOnlyList<Item> images, CancellationToken cancellationToken)
    {
        int next = 0;
        return ((MemorySession)session).RunAsync<int>(
            $"images {string.Join(',', images.Select(image => $"{image.Id}={image.Value}"))}",
            (operation, transaction) =>
            {
                for (; next < images.Count; next++)
                {
                    if (!TryUpsert(operation, transaction, transaction.Server.Tables["item"].At(images[next].Id), images[next]))
                    {
                        return false;
                    }
                }

                return NoteImages((MemorySession)session, transaction);
            },
            cancellationToken);
    }

    public Task<int> DeleteImagesAsync(SideSession session, IReadOnlyList<long> keys, CancellationToken cancellationToken)
    {
        long[]? seen = null;
        int next = 0;
        return ((MemorySession)session).RunAsync<int>(
            $"delete images {string.Join(',', keys)}",
            (operation, transaction) =>
            {
                Table table = transaction.Server.Tables["item"];
                seen ??= [.. keys.Select(key => Seen(transaction, table.At(key)))];
                for (; next < keys.Count; next++)
                {
                    Slot slot = table.At(keys[next]);
                    if (!TryHoldSeen(operation, transaction, slot, seen[next], locksAbsent: false, out bool isThere))
                    {
                        return false;
                    }

                    if (isThere)
                    {
                        MemoryServer.Delete(slot);
                        operation.Value++;
                    }
                }

                return NoteImages((MemorySession)session, transaction);
            },
            cancellationToken);
    }

    public Task<int> InsertMissingAsync(SideSession session, IReadOnlyList<Item> rows, CancellationToken cancellationToken)
    {
        int next = 0;
        return ((MemorySession)session).RunAsync<int>(
            $"insert missing {string.Join(',', rows.Select(row => $"{row.Id}={row.Value}"))}",
            (operation, transaction) =>
            {
                for (; next < rows.Count; next++)
                {
                    switch (transaction.Server.TryInsert(operation, transaction, transaction.Server.Tables["item"].At(rows[next].Id), rows[next]))
                    {
                        case InsertOutcome.Blocked:
                            return false;
                        case InsertOutcome.Done:
                            operation.Value++;
                            break;
                    }
                }

                return true;
            },
            cancellationToken);
    }

    private static bool NoteImages(MemorySession session, Transaction transaction)
    {
        if (session.IsVisit && transaction.Tag is { } tag)
        {
            transaction.Server.Imaged.Add(tag);
        }

        return true;
    }

    /// <summary>Inserts, or updates whatever row is there by then.</summary>
    private static bool TryUpsert(Operation operation, Transaction transaction, Slot slot, Item row) =>
        transaction.Server.TryInsert(operation, transaction, slot, row) switch
        {
            InsertOutcome.Done => true,
            InsertOutcome.Exists => MemoryServer.TryHold(operation, transaction, slot) && transaction.Server.TryReplace(operation, transaction, slot, row),
            _ => false,
        };

    /// <summary>Which row a statement sees at a key when it begins.</summary>
    private static long Seen(Transaction transaction, Slot slot) => slot.Visible(transaction) is null ? NotThere : slot.VisibleIncarnation(transaction);

    /// <summary>Holds the row that the statement saw, if it is still there when whoever holds it has ended.</summary>
    private static bool TryHoldSeen(Operation operation, Transaction transaction, Slot slot, long seen, bool locksAbsent, out bool isThere)
    {
        isThere = false;
        if (!transaction.Server.CurrentReads)
        {
            if (seen == NotThere)
            {
                return true;
            }
        }
        else if (!slot.IsInDoubt(transaction) && slot.Visible(transaction) is null && !locksAbsent)
        {
            return true;
        }

        if (!MemoryServer.TryHold(operation, transaction, slot))
        {
            return false;
        }

        isThere = IsThere(transaction, slot, seen);
        return true;
    }

    private static bool TryShareSeen(Operation operation, Transaction transaction, Slot slot, long seen, out bool isThere)
    {
        isThere = false;
        if (transaction.Server.CurrentReads ? !slot.IsInDoubt(transaction) && slot.Visible(transaction) is null : seen == NotThere)
        {
            return true;
        }

        if (!MemoryServer.TryShare(operation, transaction, slot))
        {
            return false;
        }

        isThere = IsThere(transaction, slot, seen);
        return true;
    }

    private static bool IsThere(Transaction transaction, Slot slot, long seen) =>
        slot.Visible(transaction) is not null && (transaction.Server.CurrentReads || slot.VisibleIncarnation(transaction) == seen);
}
