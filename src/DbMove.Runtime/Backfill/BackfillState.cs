namespace DbMove;

/// <summary>What the backfill of this process does.</summary>
public enum BackfillState
{
    /// <summary>Not started in this process.</summary>
    Idle,

    /// <summary>Copying.</summary>
    Running,

    /// <summary>Started and told to wait.</summary>
    Paused,

    /// <summary>Stopped on request; start it again to go on where it was.</summary>
    Stopped,

    /// <summary>Every range of every entity is copied.</summary>
    Completed,

    /// <summary>Ended by an error or because the stage was left; start it again to go on where it was.</summary>
    Failed,
}
