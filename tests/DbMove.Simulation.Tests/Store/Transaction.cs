using DbMove.Simulation.Tests.Engine;
using DbMove.Simulation.Tests.Worlds;

namespace DbMove.Simulation.Tests.Store;

/// <summary>A transaction as the server knows it.</summary>
internal sealed class Transaction(MemoryServer server, long id, Actor owner)
{
    /// <summary>Whose it is.</summary>
    public Actor Owner { get; } = owner;

    public MemoryServer Server { get; } = server;

    public long Id { get; } = id;

    public bool IsEnded { get; set; }

    public bool IsCommitted { get; set; }

    /// <summary>Rows held for writing.</summary>
    public List<Slot> Held { get; } = [];

    /// <summary>Rows held against change.</summary>
    public List<Slot> Shared { get; } = [];

    /// <summary>Fences, key locks and table locks, held or waited for.</summary>
    public HashSet<QueuedLock> Locks { get; } = [];

    /// <summary>For whom its statement waits now.</summary>
    public List<Transaction> WaitsFor { get; } = [];

    /// <summary>Which write of which writer this is; null for all others.</summary>
    public string? Tag { get; set; }

    /// <summary>What was written as the authority's write, not as a follower's image.</summary>
    public List<(long Key, Item? Row)> Writes { get; } = [];

    /// <summary>Points to which it can be rolled back, by name.</summary>
    public Dictionary<string, Savepoint> Savepoints { get; } = new(StringComparer.Ordinal);

    /// <summary>The rows that it has changed, with what is committed there.</summary>
    public IEnumerable<Slot> Changed(string table) => Held.Where(slot => slot.IsChanged && slot.Table.Name == table);
}
