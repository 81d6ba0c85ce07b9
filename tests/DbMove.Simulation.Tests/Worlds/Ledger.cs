using DbMove.Simulation.Tests.Store;

namespace DbMove.Simulation.Tests.Worlds;

/// <summary>
/// Every write that an authority has committed, in that order, and what the writers were told. Kept outside the databases:
/// what the rows must be at the end follows from it.
/// </summary>
internal sealed class Ledger(Action<string> violate)
{
    private readonly Dictionary<long, Item?> _rows = [];
    private readonly HashSet<string> _committed = [];
    private readonly HashSet<string> _refused = [];

    public int Acknowledged { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>What every side must hold in the end.</summary>
    public SortedDictionary<long, Item> Expected => new(_rows.Where(row => row.Value is not null).ToDictionary(row => row.Key, row => row.Value!));

    /// <summary>Rows that were there from the beginning.</summary>
    public void Begin(Item row) => _rows[row.Id] = row;

    public void Commit(Transaction transaction)
    {
        string tag = transaction.Tag ?? "nobody";
        if (!_committed.Add(tag))
        {
            violate($"{tag} was committed twice");
        }

        if (_refused.Contains(tag))
        {
            violate($"{tag} was refused, and committed later");
        }

        foreach ((long key, Item? row) in transaction.Writes)
        {
            _rows[key] = row;
        }
    }

    /// <summary>The writer was told that it has succeeded.</summary>
    public void Acknowledge(string tag, bool changedRows)
    {
        Acknowledged++;
        if (changedRows && !_committed.Contains(tag))
        {
            violate($"{tag} was acknowledged, and no authority has committed it");
        }
    }

    /// <summary>The writer was told that it has failed, and that nothing was committed.</summary>
    public void Refuse(string tag, Exception reason)
    {
        _refused.Add(tag);
        if (_committed.Contains(tag))
        {
            violate($"{tag} was refused ({reason.GetType().Name}), and is committed");
        }
    }

    /// <summary>The writer was told that nobody knows.</summary>
    public void Doubt() => Unknown++;
}
