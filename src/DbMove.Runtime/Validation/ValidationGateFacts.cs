namespace DbMove.Validation;

/// <summary>What the gate asks of validation.</summary>
/// <param name="LastPass">The newest full pass, of whatever outcome; null: there was none.</param>
/// <param name="IsCurrent">Whether it began in the current epoch, on the servers that answer now.</param>
/// <param name="UnverifiedRepairs">Keys that were repaired and not yet verified equal since.</param>
/// <param name="UnverifiedWrites">Keys that incremental validation has yet to look at; they do not close the gate.</param>
internal sealed record ValidationGateFacts(ValidationPass? LastPass, bool IsCurrent, long UnverifiedRepairs, long UnverifiedWrites)
{
    /// <summary>Whether the newest pass is clean, current, and began when the backfill was complete.</summary>
    public bool IsClean => LastPass is { State: ValidationState.Clean, FollowsBackfill: true } && IsCurrent;

    /// <summary>Why not, in words; or what makes it so.</summary>
    public string Describe() => LastPass switch
    {
        null => "no full validation yet",
        { State: ValidationState.Running } => "a full validation is under way, or its process died",
        { State: not ValidationState.Clean } pass => $"the last full validation is {ValidationStateNames.Of(pass.State)}: {pass.Detail}",
        _ when !IsCurrent => "the last full validation is from before the last switch or a change of server",
        { FollowsBackfill: false } => "the last full validation began before the backfill was complete",
        { } pass => $"clean, {pass.RowsCompared} rows",
    };
}
