using DbMove.Dialects;

namespace DbMove.InMemory;

/// <summary>What a transaction on an <see cref="InMemoryDatabase"/> sees and has changed. It sees the rows as they were when it first asked for a table.</summary>
internal sealed class InMemoryWork(InMemoryDatabase database)
{
    private readonly Dictionary<Type, InMemoryTable> _before = [];
    private readonly List<(string Name, Dictionary<Type, InMemoryTable> Tables)> _savepoints = [];
    private Dictionary<Type, InMemoryTable> _tables = [];

    public InMemoryDatabase Database { get; } = database;

    /// <summary>The table of a map, as this transaction sees it.</summary>
    public InMemoryTable<TKey> Get<TKey>(Type map, Func<InMemoryTable<TKey>> create)
        where TKey : notnull
    {
        if (!_tables.TryGetValue(map, out InMemoryTable? table))
        {
            // Also after a rollback to a savepoint of before the first look.
            if (!_before.TryGetValue(map, out table))
            {
                _before.Add(map, table = Database.Get(map) ?? create());
            }

            _tables.Add(map, table);
        }

        return (InMemoryTable<TKey>)table;
    }

    public void Set(Type map, InMemoryTable table) => _tables[map] = table;

    /// <exception cref="WriteFailedException">A row that it changed was changed meanwhile.</exception>
    public void Commit()
    {
        if (!TryCommit())
        {
            throw Conflict();
        }
    }

    /// <summary>Commits; false: a row that it changed was changed meanwhile.</summary>
    public bool TryCommit() => Database.TryCommit(_before, _tables);

    public void Save(string name) => _savepoints.Add((name, new(_tables)));

    public void RollBackTo(string name)
    {
        int index = Find(name);
        _tables = new(_savepoints[index].Tables);
        _savepoints.RemoveRange(index + 1, _savepoints.Count - index - 1);
    }

    public void Release(string name)
    {
        int index = Find(name);
        _savepoints.RemoveRange(index, _savepoints.Count - index);
    }

    /// <summary>What a database says of two writers of one row.</summary>
    private WriteFailedException Conflict() =>
        new(Database.Authority, string.Empty, FailureKind.Transient, new InvalidOperationException("A row of the transaction was changed by somebody else meanwhile."));

    private int Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int index = _savepoints.FindLastIndex(savepoint => savepoint.Name == name);
        return index >= 0 ? index : throw new ArgumentException($"The transaction has no savepoint '{name}': it was never set, released, or rolled back over.", nameof(name));
    }
}
