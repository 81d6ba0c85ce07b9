namespace DbMove.Backfill;

/// <summary>The figures of one entity, shared by its workers.</summary>
internal sealed class BackfillTracker(string entity)
{
    private readonly Lock _lock = new();
    private long _readHere;
    private BackfillEntityProgress _progress = new(entity, 0, 0, 0, -1, false);

    public BackfillEntityProgress Progress
    {
        get
        {
            lock (_lock)
            {
                return _progress;
            }
        }
    }

    /// <summary>Rows that this run read: what its speed is measured by.</summary>
    public long RowsReadHere => Volatile.Read(ref _readHere);

    /// <summary>Takes over what the ranges' rows say.</summary>
    public void Load(IReadOnlyList<BackfillRange> ranges)
    {
        lock (_lock)
        {
            _progress = new(
                entity, ranges.Sum(range => range.RowsRead), ranges.Sum(range => range.RowsInserted), ranges.Sum(range => range.RowsDeferred),
                ranges.Sum(range => range.RowsEstimated), ranges.All(range => range.IsDone));
        }
    }

    /// <summary>Adds a committed chunk.</summary>
    public void Add(BackfillAdvance chunk)
    {
        lock (_lock)
        {
            _readHere += chunk.Read;
            _progress = _progress with
            {
                RowsRead = _progress.RowsRead + chunk.Read,
                RowsInserted = _progress.RowsInserted + chunk.Inserted,
                RowsDeferred = _progress.RowsDeferred + chunk.Deferred,
            };
        }
    }
}
