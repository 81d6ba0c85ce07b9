using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Store;

/// <summary>What a transaction had made of the rows when a savepoint was set. Locks are kept when it is rolled back to.</summary>
internal sealed class Savepoint(Transaction transaction)
{
    private readonly Dictionary<Slot, (bool IsChanged, object? Pending, long Incarnation)> _slots =
        transaction.Held.ToDictionary(slot => slot, slot => (slot.IsChanged, slot.Pending, slot.PendingIncarnation));

    private readonly (long Key, Item? Row)[] _writes = [.. transaction.Writes];

    /// <summary>Everything is again as it was then.</summary>
    public void Restore()
    {
        foreach (Slot slot in transaction.Held)
        {
            (slot.IsChanged, slot.Pending, slot.PendingIncarnation) = _slots.GetValueOrDefault(slot);
        }

        transaction.Writes.Clear();
        transaction.Writes.AddRange(_writes);
    }
}
