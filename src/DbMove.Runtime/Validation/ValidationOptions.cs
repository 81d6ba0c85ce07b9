namespace DbMove;

/// <summary>How both sides are compared.</summary>
public sealed class ValidationOptions
{
    /// <summary>Ranges that are compared at the same time. Default 2; 1 to 64.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Rows of a range, by which the work is divided and, where both sides can, digested. Default 10,000; 1 to 10,000,000.</summary>
    public int RangeSize { get; set; } = 10_000;

    /// <summary>Rows read at once from a side. Default 1,000; 1 to 100,000. A worker holds one page of each side.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Rows compared per second by all workers together. Default null: as fast as it goes; else at least 1.</summary>
    public int? RowsPerSecond { get; set; }

    /// <summary>
    /// How long a suspected difference is left alone before it is read again. Default 100 ms; 0 to 1 min. It doubles with
    /// every round that finds the key still pending.
    /// </summary>
    public TimeSpan SuspectDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Rounds in which a suspect may stay pending before it is undecided. Default 7, which with the default delay is 12 s; 1 to 20.</summary>
    public int SuspectRounds { get; set; } = 7;

    /// <summary>Confirmed differences after which a full pass ends. Default null: it goes on to the end; else at least 1.</summary>
    public int? StopAfterDifferences { get; set; }

    /// <summary>Time after which a full pass ends, and is inconclusive unless it has found differences. Default null: none.</summary>
    public TimeSpan? MaximumDuration { get; set; }

    /// <summary>Differences that the report lists one by one. Default 100; 0 to 10,000.</summary>
    public int SampleSize { get; set; } = 100;

    /// <summary>How often keys that wait for verification are looked for in the background. Default 1 s; 10 ms to 10 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);
}
