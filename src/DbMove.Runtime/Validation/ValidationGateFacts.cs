namespace DbMove.Validation;

/// <summary>What the gate asks of full validation.</summary>
/// <param name="LastPass">The newest full pass, of whatever outcome; null: there was none.</param>
/// <param name="IsCurrent">Whether it began in the current epoch, on the servers that answer now.</param>
internal sealed record ValidationGateFacts(ValidationPass? LastPass, bool IsCurrent)
{
    /// <summary>Whether the newest pass is clean, current and, where the target is to decide, began after the backfill.</summary>
    public bool IsClean(Stage to) => LastPass is { State: ValidationState.Clean } pass && IsCurrent && (pass.FollowsBackfill || to != Stage.TargetFirst);

    /// <summary>Why not, in words; or what makes it so.</summary>
    public string Describe(Stage to) => LastPass switch
    {
        null => "no full validation yet",
        { State: ValidationState.Running } => "a full validation is under way, or its process died",
        { State: not ValidationState.Clean } pass => $"the last full validation is {ValidationStateNames.Of(pass.State)}: {pass.Detail}",
        _ when !IsCurrent => "the last full validation is from before the last switch or a change of server",
        { FollowsBackfill: false } when to == Stage.TargetFirst => "the last full validation began before the backfill was complete",
        { } pass => $"clean, {pass.RowsCompared} rows",
    };
}
