namespace DbMove;

/// <summary>Where a migration stands. Stages are walked one step at a time, forward and back.</summary>
public enum Stage
{
    /// <summary>Nothing prepared: the source is written without a fence, control tables may not exist.</summary>
    Initial,

    /// <summary>The source alone is written, under the fence.</summary>
    SourceOnly,

    /// <summary>Both sides are written; the source is the authority.</summary>
    SourceFirst,

    /// <summary>Both sides are written; the target is the authority.</summary>
    TargetFirst,

    /// <summary>The target alone is written, under the fence.</summary>
    TargetOnly,

    /// <summary>The migration is over: the target is written without a fence. Final.</summary>
    Completed,
}
