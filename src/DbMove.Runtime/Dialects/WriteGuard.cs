namespace DbMove.Dialects;

/// <summary>What must hold on the authority for a write to happen, and whether the write leaves an intent.</summary>
/// <param name="Epoch">The epoch that the writer believes in.</param>
/// <param name="Stage">The stage that the writer believes in.</param>
public readonly record struct WriteGuard(long Epoch, Stage Stage)
{
    /// <summary>Whether the control row is checked: in every stage that has a fence.</summary>
    public bool ChecksControlRow => Stage.IsFenced();

    /// <summary>Whether an intent is recorded for each row written: in the dual stages.</summary>
    public bool RecordsIntent => Stage.IsDual();
}
