using DbMove.Scheduling;

namespace DbMove;

/// <summary>How a switch is asked for.</summary>
public sealed record SwitchOptions
{
    /// <summary>The epoch that the caller saw; when the migration has moved on since, the switch is refused. Null: not checked.</summary>
    public long? ExpectedEpoch { get; init; }

    /// <summary>Why. Kept in the audit; required with <see cref="OverrideGate"/>.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Who. Kept in the audit. Default: user and machine of this process.</summary>
    public string ChangedBy { get; init; } = Environment.UserName + "@" + Environment.MachineName;

    /// <summary>
    /// Switches although the gate is closed. Danger: DbMove's promises hold only while no gate is overridden; rows that
    /// differ on the new authority stay as they are there.
    /// </summary>
    public bool OverrideGate { get; init; }

    /// <summary>
    /// How long to wait for a closed gate to open, for conditions that come with time: the minimum time in a stage, events
    /// that are being repaired. Default: not at all.
    /// </summary>
    public TimeSpan WaitForGate { get; init; }

    /// <summary>Only reports the gate; nothing is changed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Asked once more before the switch is written; null: nothing but the gate. Part of the audit's gate.</summary>
    internal FencedCondition? LastCondition { get; init; }
}
