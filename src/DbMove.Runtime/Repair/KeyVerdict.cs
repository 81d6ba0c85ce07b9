namespace DbMove.Repair;

/// <summary>How one key stands on both sides, judged under the fixer's locks.</summary>
internal enum KeyVerdict
{
    /// <summary>Both sides hold the same row, or none.</summary>
    Equal,

    /// <summary>The follower lacks the row.</summary>
    MissingOnFollower,

    /// <summary>The rows differ.</summary>
    Different,

    /// <summary>
    /// The rows differ only in what the members' comparison policies overlook: no difference, but a repair writes it, since it may be all that a
    /// write has changed.
    /// </summary>
    Overlooked,

    /// <summary>The follower has a row that the authority has not.</summary>
    ExtraOnFollower,

    /// <summary>An open intent stands for the difference.</summary>
    Pending,

    /// <summary>It changed while it was judged: ask again.</summary>
    Unsettled,
}
