namespace DbMove.Simulation.Tests.Store;

/// <summary>A table: rows of objects for the data, rows of values for the control tables.</summary>
internal sealed class Table(string name)
{
    private long _number;

    public string Name { get; } = name;

    /// <summary>Names of the columns of a control table, with their places.</summary>
    public Dictionary<string, int> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Values of columns that an insert does not name.</summary>
    public List<object?> Defaults { get; } = [];

    /// <summary>The column that the server numbers; -1: none.</summary>
    public int Growing { get; set; } = -1;

    /// <summary>What must not stand in two rows; null values may.</summary>
    public List<Func<object, object?>> Unique { get; } = [];

    public SortedDictionary<long, Slot> Slots { get; } = [];

    /// <summary>Held by those who write the table, or by those who keep writers out.</summary>
    public QueuedLock Lock { get; } = new();

    /// <summary>The number that was given out last.</summary>
    public long LastNumber => _number;

    /// <summary>The next number: never the same twice, also after a rollback.</summary>
    public long NextNumber() => ++_number;

    /// <summary>Goes beyond a number that was given out elsewhere.</summary>
    public void GoBeyond(long used) => _number = Math.Max(_number, used);

    public Slot At(long key)
    {
        if (!Slots.TryGetValue(key, out Slot? slot))
        {
            Slots.Add(key, slot = new Slot(this, key));
        }

        return slot;
    }

    /// <summary>The rows that a statement of a transaction sees.</summary>
    public IEnumerable<Slot> VisibleTo(Transaction transaction) => Slots.Values.Where(slot => slot.Visible(transaction) is not null);

    /// <summary>The committed rows.</summary>
    public IEnumerable<object> Committed() => Slots.Values.Where(slot => slot.Row is not null).Select(slot => slot.Row!);
}
