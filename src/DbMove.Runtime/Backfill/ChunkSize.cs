namespace DbMove.Backfill;

/// <summary>A worker's chunk size: follows the duration that a chunk should take, by at most a factor of two at a time.</summary>
internal sealed class ChunkSize(BackfillOptions options)
{
    private double _rows = options.InitialChunk;

    public int Rows => (int)_rows;

    /// <summary>Learns how long a chunk of so many rows took.</summary>
    public void Learn(int rows, TimeSpan took)
    {
        // A short last chunk says little about what a full one takes.
        if (rows < Rows)
        {
            return;
        }

        double factor = options.ChunkDuration.TotalMilliseconds / Math.Max(0.1, took.TotalMilliseconds);
        _rows = Math.Clamp(_rows * Math.Clamp(factor, 0.5, 2), 1, options.MaximumChunk);
    }

    /// <summary>A side failed or was busy: smaller bites.</summary>
    public void Shrink() => _rows = Math.Max(1, _rows / 2);
}
