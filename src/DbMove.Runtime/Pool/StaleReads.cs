namespace DbMove;

/// <summary>What reads do when the stage could not be refreshed for a poll interval.</summary>
public enum StaleReads
{
    /// <summary>They throw <see cref="StageUnknownException"/>.</summary>
    Refuse,

    /// <summary>They go to the authority last known. Danger: after a switch that this process missed, they return old rows.</summary>
    Allow,
}
