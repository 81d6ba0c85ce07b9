namespace DbMove.Control;

/// <summary>One side's control row.</summary>
/// <param name="Side">The side that holds the row.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Stage">The stage.</param>
/// <param name="IsPrepared">Whether a switch wrote it and has not yet passed, or not yet tidied after, its commit point.</param>
/// <param name="DualSince">The epoch in which the present unbroken run of stages that write the target began; 0 before.</param>
/// <param name="IsIncremental">Whether cleared intents are kept for incremental validation.</param>
/// <param name="ChangedAt">When the stage was last changed, milliseconds since 1970 UTC by the database's clock.</param>
/// <param name="Age">How long ago that was, in milliseconds, by the same clock.</param>
internal sealed record ControlRow(
    Side Side, long Epoch, Stage Stage, bool IsPrepared, long DualSince, bool IsIncremental, long ChangedAt, long Age)
{
    /// <summary>Whether this row decides alone: not prepared, and naming its own side as the authority.</summary>
    public bool DecidesAlone => !IsPrepared && Stage.Authority() == Side;

    /// <summary>Whether both rows name the same assignment.</summary>
    public bool Agrees(ControlRow other) => Epoch == other.Epoch && Stage == other.Stage;
}
