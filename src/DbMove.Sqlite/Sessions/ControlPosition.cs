using DbMove.Dialects;

namespace DbMove.Sqlite.Sessions;

/// <summary>Epoch and stage as the control row has them; stage null: there is no such row.</summary>
internal readonly record struct ControlPosition(long Epoch, string? Stage)
{
    public bool Matches(WriteGuard guard) =>
        Epoch == guard.Epoch && string.Equals(Stage, guard.Stage.ToWireName(), StringComparison.Ordinal);
}
