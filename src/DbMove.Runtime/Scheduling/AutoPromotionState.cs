namespace DbMove;

/// <summary>Where the next auto-promotion stands in this process.</summary>
public enum AutoPromotionState
{
    /// <summary>The time does not run: the gate is closed, or something else is in the way.</summary>
    Waiting,

    /// <summary>Every look since the time began found the gate open.</summary>
    Counting,

    /// <summary>This step was taken back, so it is for a person: promote by hand.</summary>
    Held,
}
