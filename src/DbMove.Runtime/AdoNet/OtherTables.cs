namespace DbMove;

/// <summary>What <see cref="DualWriteDataSource"/> does with a write to a table that is no entity of the migration.</summary>
public enum OtherTables
{
    /// <summary>It is refused with a <see cref="StatementRefusedException"/>. The default.</summary>
    Refuse,

    /// <summary>
    /// It runs on the authority alone. Danger: nothing carries these rows to the other side, so from the switch of the
    /// authority on they are where nobody reads them.
    /// </summary>
    AuthorityOnly,
}
