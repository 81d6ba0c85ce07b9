namespace DbMove;

/// <summary>What a promotion needs beyond the conditions that always hold.</summary>
public sealed class GateOptions
{
    /// <summary>
    /// Least time in a stage before it is left forward. Default: twice the poll interval, so that every instance has seen it.
    /// Danger: with less, an instance that still believes in <c>Initial</c> may write without a fence after dual writing has
    /// begun. Only a service that runs as a single instance may set less.
    /// </summary>
    public TimeSpan? MinimumTimeInStage { get; set; }

    /// <summary>Age of an open intent above which the gate is closed. Default 10 s.</summary>
    public TimeSpan MaximumIntentAge { get; set; } = TimeSpan.FromSeconds(10);
}
