namespace DbMove;

/// <summary>How intents and reported keys are repaired.</summary>
public sealed class RepairOptions
{
    /// <summary>How old an intent is before it counts as left behind and is repaired. Default 1 s; 0 to 1 min.</summary>
    public TimeSpan IntentDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often left intents are looked for when nothing signals one. Default 1 s; 10 ms to 1 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Keys repaired in one pair of transactions. Default 200; 1 to 10,000.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>Tries before a key with a data error is parked. Default 5; 1 to 100. A parked intent blocks the gate.</summary>
    public int MaximumAttempts { get; set; } = 5;

    /// <summary>Intents cleared in one transaction. Default 1,000; 1 to 10,000.</summary>
    public int ClearBatchSize { get; set; } = 1000;
}
