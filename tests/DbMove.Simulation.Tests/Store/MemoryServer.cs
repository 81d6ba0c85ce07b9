using DbMove.Dialects;
using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Store;

/// <summary>
/// One side's database server: committed rows, row locks, key locks, the fence, transactions that can be ended from
/// outside. Read committed as PostgreSQL has it: a statement sees what was committed when it began, waits for rows that
/// others hold, goes on with their newest version, and neither sees nor waits for what another has inserted and not
/// committed, unless it inserts the same key itself. Only the simulator's thread calls it.
/// </summary>
internal sealed class MemoryServer(Side side, bool currentReads)
{
    private readonly Dictionary<int, QueuedLock> _stripes = [];
    private long _transactions;
    private long _incarnations;

    public Side Side { get; } = side;

    /// <summary>
    /// Whether deletes and locking reads look at the newest state, wait for what another has inserted, and keep an absent
    /// key absent. Then key locks are not needed and not taken: the other kind of engine that the contract allows.
    /// </summary>
    public bool CurrentReads { get; } = currentReads;

    /// <summary>Whether nobody reaches it now.</summary>
    public bool IsDown { get; set; }

    public Dictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal) { ["item"] = new Table("item") { Unique = { row => ((Item)row).Slot } } };

    public QueuedLock Fence { get; } = new();

    public List<Transaction> Open { get; } = [];

    /// <summary>Told of every commit, before anybody sees it.</summary>
    public Action<Transaction>? Committing { get; set; }

    /// <summary>Told of every end, when what was committed is seen and no lock is held any more.</summary>
    public Action<Transaction>? Ended { get; set; }

    /// <summary>The writes whose images stand here, or stood here before their transaction was ended.</summary>
    public HashSet<string> Imaged { get; } = new(StringComparer.Ordinal);

    public Transaction Begin(Actor owner)
    {
        Transaction transaction = new(this, ++_transactions, owner);
        Open.Add(transaction);
        return transaction;
    }

    public QueuedLock Stripe(int number)
    {
        if (!_stripes.TryGetValue(number, out QueuedLock? stripe))
        {
            _stripes.Add(number, stripe = new QueuedLock());
        }

        return stripe;
    }

    public void End(Transaction transaction, bool commit)
    {
        if (transaction.IsEnded)
        {
            return;
        }

        if (commit)
        {
            Committing?.Invoke(transaction);
        }

        (transaction.IsEnded, transaction.IsCommitted) = (true, commit);
        Open.Remove(transaction);
        foreach (Slot slot in transaction.Held)
        {
            if (commit && slot.IsChanged)
            {
                (slot.Row, slot.Incarnation) = (slot.Pending, slot.PendingIncarnation);
            }

            (slot.Holder, slot.IsChanged, slot.Pending) = (null, false, null);
        }

        foreach (Slot slot in transaction.Shared)
        {
            slot.Sharers.Remove(transaction);
        }

        foreach (QueuedLock held in transaction.Locks)
        {
            held.Release(transaction);
        }

        transaction.WaitsFor.Clear();
        Ended?.Invoke(transaction);
    }

    /// <summary>Holds a row for writing.</summary>
    public static bool TryHold(Operation operation, Transaction transaction, Slot slot)
    {
        if (slot.Holder is { } holder && holder != transaction)
        {
            operation.Blockers.Add(holder);
        }

        operation.Blockers.AddRange(slot.Sharers.Where(sharer => sharer != transaction));
        if (operation.Blockers.Count > 0)
        {
            return false;
        }

        if (slot.Holder is null)
        {
            slot.Holder = transaction;
            transaction.Held.Add(slot);
        }

        return true;
    }

    /// <summary>Holds a row against change.</summary>
    public static bool TryShare(Operation operation, Transaction transaction, Slot slot)
    {
        if (slot.Holder is { } holder && holder != transaction)
        {
            operation.Blockers.Add(holder);
            return false;
        }

        if (slot.Sharers.Add(transaction))
        {
            transaction.Shared.Add(slot);
        }

        return true;
    }

    /// <summary>Inserts a row; waits for another transaction that has the key, or a unique value, in doubt.</summary>
    public InsertOutcome TryInsert(Operation operation, Transaction transaction, Slot slot, object row)
    {
        if (slot.IsInDoubt(transaction) || (slot.Visible(transaction) is null && slot.Holder is { } other && other != transaction))
        {
            operation.Blockers.Add(slot.Holder!);
            return InsertOutcome.Blocked;
        }

        if (slot.Visible(transaction) is not null)
        {
            return InsertOutcome.Exists;
        }

        if (!IsUnique(operation, transaction, slot, row) || !TryHold(operation, transaction, slot))
        {
            return InsertOutcome.Blocked;
        }

        (slot.IsChanged, slot.Pending, slot.PendingIncarnation) = (true, row, ++_incarnations);
        return InsertOutcome.Done;
    }

    /// <summary>Writes a row that the transaction holds.</summary>
    public bool TryReplace(Operation operation, Transaction transaction, Slot slot, object row)
    {
        if (!IsUnique(operation, transaction, slot, row))
        {
            return false;
        }

        long incarnation = slot.VisibleIncarnation(transaction);
        (slot.IsChanged, slot.Pending, slot.PendingIncarnation) = (true, row, incarnation);
        return true;
    }

    /// <summary>Deletes a row that the transaction holds.</summary>
    public static void Delete(Slot slot) => (slot.IsChanged, slot.Pending) = (true, null);

    private static bool IsUnique(Operation operation, Transaction transaction, Slot slot, object row)
    {
        foreach (Func<object, object?> unique in slot.Table.Unique)
        {
            if (unique(row) is not { } value)
            {
                continue;
            }

            bool Holds(object? other) => other is not null && value.Equals(unique(other));
            foreach (Slot another in slot.Table.Slots.Values)
            {
                if (another == slot)
                {
                    continue;
                }

                if (another.IsInDoubt(transaction))
                {
                    if (Holds(another.Row) || Holds(another.Pending))
                    {
                        operation.Blockers.Add(another.Holder!);
                        return false;
                    }
                }
                else if (Holds(another.Visible(transaction)))
                {
                    throw new MemoryFailure(FailureKind.UniqueClash, $"{value} stands in another row of {slot.Table.Name}");
                }
            }
        }

        return true;
    }
}
