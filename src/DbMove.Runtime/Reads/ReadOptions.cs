namespace DbMove;

/// <summary>
/// Which reads by key the other side takes part in: the read ramp lets the target answer some, shadow reads repeat some there to
/// compare. Both are off unless asked for, and <see cref="Migration.Reads"/> changes both percentages while the service runs.
/// </summary>
public sealed class ReadOptions
{
    /// <summary>
    /// Percentage of keys that are read from the target in <see cref="Stage.SourceFirst"/>, once a full validation was clean.
    /// Default 0; 0 to 100. It takes the same keys in every process and every time, and more of them only add keys. A key with
    /// an open intent is read from the source, so nobody is given an older row than from the source; to know that, each such
    /// read asks the source's control tables first, which is a round trip more. Entities with a <see cref="SourceOnlyAttribute"/> column or
    /// a comparison policy stay on the source: a row read on the target and written back could change what no validation looks at.
    /// </summary>
    public int TargetPercentage { get; set; }

    /// <summary>
    /// Percentage of reads by key that are repeated on the other side in the dual stages, in the background, and compared.
    /// Default 0; 0 to 100. While it is above 0, the condition <c>shadow_mismatch_rate</c> of the gate goes by what they find.
    /// </summary>
    public int ShadowPercentage { get; set; }

    /// <summary>Share of the judged shadow reads that may be confirmed mismatches before the gate is closed. Default 0: none; 0 to 1.</summary>
    public double MaximumShadowMismatchRate { get; set; }

    /// <summary>
    /// How many of the newest shadow reads the gate judges. With fewer since the stage changed it is closed for a promotion.
    /// Default 1,000; 1 to 100,000. So, after a mismatch was repaired, as many good ones open it again.
    /// </summary>
    public int MinimumShadowReads { get; set; } = 1000;

    /// <summary>Reads that may wait to be repeated; one that finds no place is dropped and counted. Each holds its rows. Default 1,000; 1 to 100,000.</summary>
    public int ShadowQueue { get; set; } = 1000;

    /// <summary>Reads that are repeated at the same time. Default 2; 1 to 64.</summary>
    public int ShadowWorkers { get; set; } = 2;
}
