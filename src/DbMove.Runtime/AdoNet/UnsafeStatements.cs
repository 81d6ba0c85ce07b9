namespace DbMove;

/// <summary>What <see cref="DualWriteDataSource"/> does with a statement of which nothing tells the rows that it changes.</summary>
public enum UnsafeStatements
{
    /// <summary>It is refused with a <see cref="StatementRefusedException"/> that says why. The default.</summary>
    Refuse,

    /// <summary>
    /// It runs on the authority alone, and its tables are marked dirty in the same transaction. Danger: until a full
    /// validation that begins after it has found the differences, and the fixer has repaired them, the follower is wrong;
    /// until a further one ends clean, the gate stays closed for every move of the authority.
    /// </summary>
    MarkDirty,
}
