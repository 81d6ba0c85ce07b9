namespace DbMove;

/// <summary>How the rows that existed before dual writing are copied.</summary>
public sealed class BackfillOptions
{
    /// <summary>Ranges that are copied at the same time by this process. Default 2; 1 to 64. More load both databases more.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Rows of a worker's first chunk; the size then follows <see cref="ChunkDuration"/>. Default 500; 1 to 100,000.</summary>
    public int InitialChunk { get; set; } = 500;

    /// <summary>Rows of a chunk at most. Default 10,000; from <see cref="InitialChunk"/> to 1,000,000. Bounds memory: a worker holds one chunk.</summary>
    public int MaximumChunk { get; set; } = 10_000;

    /// <summary>
    /// How long a chunk should take; chunks grow and shrink towards it, and shrink when a side is slow. Default 250 ms; 10 ms
    /// to 1 min. A switch waits for at most the chunks under way.
    /// </summary>
    public TimeSpan ChunkDuration { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Rows read per second by all workers of this process together. Default null: as fast as chunks allow; else at least 1.</summary>
    public int? RowsPerSecond { get; set; }

    /// <summary>
    /// How long a range stays with a worker that gives no sign of life; then another takes it over. Default 10 s; 1 s to
    /// 10 min. After a crash the backfill goes on this much later.
    /// </summary>
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromSeconds(10);
}
