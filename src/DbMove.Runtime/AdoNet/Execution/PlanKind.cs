namespace DbMove.AdoNet.Execution;

/// <summary>How a statement is run.</summary>
internal enum PlanKind
{
    /// <summary>On the authority; it changes nothing.</summary>
    Read,

    /// <summary>On the authority; the keys of the rows that it changes come back, and their images go to the follower.</summary>
    Rows,

    /// <summary>On the authority; its entities are marked dirty.</summary>
    Dirty,

    /// <summary>On the authority, and DbMove has nothing to do with it.</summary>
    AuthorityOnly,

    /// <summary>Not at all.</summary>
    Refused,
}
