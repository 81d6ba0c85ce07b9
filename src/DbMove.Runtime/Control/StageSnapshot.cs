namespace DbMove.Control;

/// <summary>The stage as this process last read it.</summary>
/// <param name="Epoch">The epoch; 0 before the control tables exist.</param>
/// <param name="Stage">The stage.</param>
/// <param name="DualSince">See <see cref="ControlRow.DualSince"/>.</param>
/// <param name="ReadAt">When, taken before the rows were read.</param>
internal sealed record StageSnapshot(long Epoch, Stage Stage, long DualSince, Moment ReadAt)
{
    /// <summary>Whether cleared intents were kept for incremental validation.</summary>
    public bool IsIncremental { get; init; }

    public Side Authority => Stage.Authority();

    public Side Follower => Stage.Follower();

    public bool Matches(ControlRow row) => row.Epoch == Epoch && row.Stage == Stage;

    public bool IsSameAssignment(StageSnapshot other) => other.Epoch == Epoch && other.Stage == Stage;
}
