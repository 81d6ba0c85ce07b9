namespace DbMove;

/// <summary>How a full validation stands. Only <see cref="Clean"/> opens the gate.</summary>
public enum ValidationState
{
    /// <summary>Under way, or left behind by a process that died: it counts for nothing.</summary>
    Running,

    /// <summary>Every row of both sides was compared and no difference was found.</summary>
    Clean,

    /// <summary>Differences were confirmed.</summary>
    Differences,

    /// <summary>It ended without an answer: undecided keys, a time-out, a side out of reach, a switch meanwhile.</summary>
    Inconclusive,

    /// <summary>An error ended it.</summary>
    Failed,

    /// <summary>It was stopped on request.</summary>
    Stopped,
}
